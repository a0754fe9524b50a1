"""Across reports: text that units share, the same figures, residue of templates, outliers, sums and balances.

Pure functions over plain values: ``across(submissions, roster)``. Whoever runs the pile and keeps the store brings the
submissions and takes the findings; nothing here reads a file.
"""

from perfeval.across.compare import across
from perfeval.across.finding import TITLES, AcrossFinding, Quote
from perfeval.across.submission import Roster, Submission

__all__ = ["TITLES", "AcrossFinding", "Quote", "Roster", "Submission", "across"]
