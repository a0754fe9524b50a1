"""The shared words: figures, intervals, places, the report. Pure data, nothing that reads or judges."""
