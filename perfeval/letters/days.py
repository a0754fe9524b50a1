"""Dates as Chinese documents print them."""

from __future__ import annotations

from datetime import date

from perfeval.store.records import Run


def day_of(run: Run, wished: date | None) -> str:
    """The wished date, else the one on which the run finished (UTC, as the store keeps it), so that it never changes."""
    return chinese(wished or date.fromisoformat((run.finished or run.started)[:10]))


def chinese(day: date) -> str:
    """The day as letters have it.

    >>> chinese(date(2024, 5, 6))
    '2024年5月6日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
