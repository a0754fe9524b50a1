"""Where something was printed."""

from __future__ import annotations

from extractor.model.record import record

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the top left corner of the page as it is shown."""


@record(frozen=True, slots=True)
class Place:
    """A page and a line, both counted from 1, and the box of the words where the file knows it.

    ``page`` is ``None`` where the file has no pages (Word, Excel, HTML); ``where`` then says where a person would look it
    up: 第12段, 表2 第5行第3列, Sheet1!F12. On a page ``where`` names the cell of a table.
    """

    page: int | None
    line: int
    box: Box | None = None
    where: str = ""
    file: str = ""
    """The name of the file, where several were handed in together."""

    @property
    def words(self) -> str:
        """第3页, 第3页 表2 第5行第3列, or 自评表.xlsx Sheet1!F12."""
        page = f"第{self.page}页" if self.page else ""
        return " ".join(part for part in (self.file, page, self.where) if part)
