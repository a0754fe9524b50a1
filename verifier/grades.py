"""Grades: the words for them, the bounds that are in use, and the grade of a score."""

from __future__ import annotations

from extractor.model.exact import Fraction

LETTERS = {"优": "优", "优秀": "优", "良": "良", "良好": "良", "中": "中", "中等": "中", "一般": "中", "合格": "中", "差": "差", "较差": "差", "不合格": "差"}
DEFAULT_BANDS = {"优": 90, "良": 80, "中": 60, "差": 0}
OTHER_BANDS = ({"优": 80, "良": 70, "中": 60, "差": 0}, {"优": 90, "良": 75, "中": 60, "差": 0})


def grade_of(score: Fraction, bands: dict[str, int]) -> str:
    """The grade whose closed lower bound the score reaches."""
    for word, low in sorted(bands.items(), key=lambda band: -band[1]):
        if score >= low:
            return LETTERS.get(word, word)
    return "差"
