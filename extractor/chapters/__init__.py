"""One module a part of a report: sentences with their figures in, facts out."""
