"""The exact number that everything is worked out in.

quicktions is the standard library's ``Fraction`` compiled; where it cannot be installed the standard one does the same, slower. It is made
of a ``Decimal`` or of whole numbers, never of a string: of one sign ("7") quicktions 1.24 spoils memory that others use (gzip, PDF fonts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction
else:
    try:
        from quicktions import Fraction
    except ImportError:
        from fractions import Fraction

__all__ = ["Fraction"]
