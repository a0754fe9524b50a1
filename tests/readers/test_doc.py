"""Word 97-2003: files that LibreOffice wrote (tools/make_doc.py), and small ones built here as only Word writes them."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.document import TABLE, Document
from extractor.readers.doc import read_doc
from extractor.readers.doc_properties import RowShape, properties
from extractor.readers.errors import Refused
from extractor.readers.html import read_html
from extractor.readers.limits import MAX_SPAN

SAMPLES = Path(__file__).parent / "samples"
FIXTURES = Path(__file__).parents[2] / "fixtures" / "tables"
ROW_END = "\x07"


def read(data: bytes) -> Document:
    return read_doc(data, Document("报告.doc", "", "doc"))


def sample(name: str) -> Document:
    return read((SAMPLES / name).read_bytes())


def lines(document: Document) -> list[str]:
    return document.pages[0].text.split("\n") if document.pages else []


def cells(document: Document, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in document.pages[0].grids[table].cells]


# ------------------------------------------------------------------------------------------- what LibreOffice wrote

REPORT = lines(sample("report.doc"))


def test_a_document_is_one_page_of_whole_paragraphs() -> None:
    document = sample("report.doc")
    assert document.flows
    assert len(document.pages) == 1


def test_numbers_of_lists_are_counted() -> None:
    assert REPORT[:8] == ["一、基本情况", "（一）部门职能", "（二）绩效目标", "1.数量指标", "2. 5万元以上项目", "①其他", "二、自评结论", "（一）再一节"]


@pytest.mark.parametrize(
    "line",
    [
        "全年执行数370.27万元。",
        "前半句后半句",
        "看得见的文字",
        "占12.5个百分点",
        "面积120m²，10⁴元",
        "是☑否□，满意度≥95%(含)",
        "不断-开的词 空格",
        "有脚注的话",
        "罕见字𠮷后面的文字对得上",
    ],
)
def test_what_is_printed_is_read(line: str) -> None:
    assert line in REPORT


def test_a_line_break_begins_a_new_line() -> None:
    assert REPORT[REPORT.index("上一行") + 1] == "下一行"


def test_footnotes_and_then_text_boxes_follow_the_text() -> None:
    assert REPORT[-2:] == ["单位为万元", "框内得分99.79分"]


def test_what_was_changed_or_left_out_is_noted() -> None:
    assert sample("report.doc").notes == [
        "修订：“307.27万元”改为“370.27万元”（已按修订后的文字核对）。",
        "有 2 处隐藏文字未纳入核对，如“看不见88”。",
        "页眉页脚“页眉里有 123万元”含有数字，未纳入核对。",
    ]


def test_a_table_stands_in_its_place_between_paragraphs() -> None:
    document = sample("table.doc")
    assert lines(document) == ["表前", TABLE, "表后", TABLE]
    assert [grid.name for grid in document.pages[0].grids] == ["表1", "表2"]


def test_a_merged_cell_stands_once_with_what_it_covers() -> None:
    assert cells(sample("table.doc"))[:3] == [(0, 0, 2, 1, "项目资金"), (0, 1, 1, 2, "年初预算数"), (0, 3, 1, 1, "得分")]


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    assert (1, 1, 1, 1, "第一段\n第二段") in cells(sample("table.doc"))


def test_a_table_inside_a_cell_is_a_line_a_row() -> None:
    assert (1, 2, 1, 1, "外\n甲 1\n乙 2") in cells(sample("table.doc"))


def test_lists_go_on_in_cells() -> None:
    assert (1, 3, 1, 1, "一、10") in cells(sample("table.doc"))
    assert (1, 3, 1, 1, "二、10") in cells(sample("table.doc"), 1)


def test_a_form_reads_as_the_web_page_that_it_was_made_from() -> None:
    web = read_html((FIXTURES / "anhui_fupin" / "source.html").read_bytes(), Document("", "", "html"))
    assert cells(sample("anhui_fupin.doc")) == cells(web)
    assert lines(sample("anhui_fupin.doc")) == lines(web)


# --------------------------------------------------------------------------------------------- what only Word writes


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE2 file of 512-byte sectors; every stream is padded so that none is small enough for the mini stream."""
    places, body, next_sectors = {}, b"", [0xFFFFFFFD, 0xFFFFFFFE]
    for name, stream in streams.items():
        stream = stream.ljust(4096, b"\0") + b"\0" * (-max(len(stream), 4096) % 512)
        first, count = len(next_sectors), len(stream) // 512
        places[name] = first, len(stream)
        next_sectors += [*range(first + 1, first + count), 0xFFFFFFFE]
        body += stream
    assert len(next_sectors) <= 128
    directory = _entry("Root Entry", 5, 0xFFFFFFFF, 1, 0xFFFFFFFE, 0)
    for number, (name, (first, size)) in enumerate(places.items(), 1):
        directory += _entry(name, 2, number + 1 if number < len(places) else 0xFFFFFFFF, 0xFFFFFFFF, first, size)
    table = struct.pack(f"<{len(next_sectors)}I", *next_sectors).ljust(512, b"\xff")
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6xIII4xIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    )
    return (head + struct.pack("<I", 0)).ljust(512, b"\xff") + table + directory.ljust(512, b"\0") + body


def _entry(name: str, kind: int, right: int, child: int, first: int, size: int) -> bytes:
    stored = name.encode("utf-16-le") + b"\0\0"
    return stored.ljust(64, b"\0") + struct.pack("<HBB3I36xIQ", len(stored), kind, 1, 0xFFFFFFFF, right, child, first, size)


class Built:
    """A Word file in the making: pieces of text, runs of properties, and blocks of the table stream."""

    def __init__(self, *pieces: str | bytes, modifiers: tuple[int, ...] = (), lists: tuple[bytes, ...] = ()) -> None:
        self.stored: list[int] = []
        self.main = b""
        self.version, self.flags, self.data = 0x00C1, 0x0200, b""
        self.lengths = [sum(map(len, pieces)), 0, 0, 0, 0, 0, 0, 0]
        self.blocks: dict[int, bytes] = {}
        self.levels = b""
        table = []
        for number, piece in enumerate(pieces):
            at, width = 1024 + len(self.main), 1 if isinstance(piece, bytes) else 2
            self.main += piece if isinstance(piece, bytes) else piece.encode("utf-16-le")
            self.stored += range(at, at + width * len(piece), width)
            table.append(struct.pack("<HIH", 0, at * 2 | 0x40000000 if width == 1 else at, modifiers[number] if modifiers else 0))
        self.stored.append(1024 + len(self.main))
        edges = [sum(map(len, pieces[:number])) for number in range(len(pieces) + 1)]
        plc = struct.pack(f"<{len(edges)}I", *edges) + b"".join(table)
        self.blocks[33] = b"".join(b"\1" + struct.pack("<H", len(found)) + found for found in lists) + b"\2" + struct.pack("<I", len(plc)) + plc
        self.paragraphs: list[tuple[int, int, bytes]] = []
        self.looks: list[tuple[int, int, bytes]] = []

    def paragraph(self, start: int, end: int, raw: bytes) -> Built:
        self.paragraphs.append((start, end, raw))
        return self

    def look(self, start: int, end: int, raw: bytes) -> Built:
        self.looks.append((start, end, raw))
        return self

    def bytes(self) -> bytes:
        main = self.main + b"\0" * (-len(self.main) % 512)
        for block, runs, is_paragraphs in ((13, self.paragraphs, True), (12, self.looks, False)):
            if runs:
                self.blocks[block] = struct.pack("<III", 0, 0xFFFF, (1024 + len(main)) // 512)
                main += self._page(runs, is_paragraphs)
        table, pairs = b"\0" * 16, b""
        for number in range(93):
            found = self.blocks.get(number, b"")
            pairs += struct.pack("<II", len(table), len(found)) if found else b"\0" * 8
            table += found + (self.levels if number == 73 else b"")
        head = struct.pack("<HHHHHH", 0xA5EC, self.version, 0, 0, 0, self.flags)[:10] + struct.pack("<H", self.flags)
        head = head.ljust(32, b"\0") + struct.pack("<H", 14) + b"\0" * 28 + struct.pack("<H", 22) + b"\0" * 12
        head += struct.pack("<8i", *self.lengths).ljust(76, b"\0") + struct.pack("<H", 93) + pairs
        return container({"WordDocument": head.ljust(1024, b"\0") + main, "1Table": table} | ({"Data": self.data} if self.data else {}))

    def _page(self, runs: list[tuple[int, int, bytes]], is_paragraphs: bool) -> bytes:
        edges = [self.stored[start] for start, _, _ in runs] + [self.stored[runs[-1][1]]]
        page, offsets, bottom = bytearray(512), [], 510
        for _, _, raw in runs:
            raw = b"\0\0" + raw + b"\0" * (1 - len(raw) % 2) if is_paragraphs else raw
            stored = bytes([(len(raw) + 1) // 2] if is_paragraphs else [len(raw)]) + raw
            bottom = (bottom - len(stored)) // 2 * 2
            page[bottom : bottom + len(stored)] = stored
            offsets.append(bytes([bottom // 2]) + (b"\0" * 12 if is_paragraphs else b""))
        head = struct.pack(f"<{len(edges)}I", *edges) + b"".join(offsets)
        page[: len(head)] = head
        page[511] = len(runs)
        return bytes(page)


IN_TABLE = b"\x16\x24\1"
ENDS_ROW = IN_TABLE + b"\x17\x24\1"


def shape(edges: list[int], flags: list[int] | None = None) -> bytes:
    """sprmTDefTable: the edges of a row's cells and how they are merged."""
    count = len(edges) - 1
    stored = bytes([count]) + struct.pack(f"<{count + 1}h", *edges) + b"".join(struct.pack("<H18x", flag) for flag in flags or [0] * count)
    return b"\x08\xd6" + struct.pack("<H", len(stored) + 1) + stored


def table(*rows: tuple[list[str], bytes]) -> Built:
    """A document with one table: the texts of each row's cells, and the properties at its end."""
    text = "".join("".join(cell + "\x07" for cell in texts) + ROW_END for texts, _ in rows) + "后\r"
    built, place = Built(text), 0
    for texts, raw in rows:
        for cell in texts:
            built.paragraph(place, place + len(cell) + 1, IN_TABLE)
            place += len(cell) + 1
        built.paragraph(place, place + 1, ENDS_ROW + raw)
        place += 1
    return built.paragraph(place, len(text), b"")


def text_of(built: Built) -> str:
    return read(built.bytes()).pages[0].text


def test_text_of_one_byte_a_character_is_western() -> None:
    assert text_of(Built(b"GDP \x93up\x94 5.2%\r")) == "GDP “up” 5.2%"


def test_pieces_of_both_widths_follow_each_other() -> None:
    assert text_of(Built("预算", b"340.57", "万元\r")) == "预算340.57万元"


def test_a_piece_that_was_deleted_since_the_last_full_save_is_left_out() -> None:
    deleted = 0x41 << 1 | 1 << 8
    assert text_of(Built("共", "300", "340", "万元\r", modifiers=(0, deleted, 0, 0))) == "共340万元"


def test_a_piece_may_name_a_list_of_properties() -> None:
    assert text_of(Built("共", "300", "340", "万元\r", modifiers=(0, 1, 0, 0), lists=(b"\x3c\x08\1",))) == "共340万元"


def test_a_symbol_is_the_sign_that_its_font_draws() -> None:
    font = b"".join(bytes([39 + 2 * len(name) + 2]) + b"\0" * 39 + name.encode("utf-16-le") + b"\0\0" for name in ("宋体", "Wingdings 2"))
    built = Built("(是(否\r").look(0, 1, b"\x09\x6a" + struct.pack("<HH", 1, 0xF052)).look(1, 5, b"")
    built.blocks[15] = struct.pack("<HH", 2, 0) + font
    assert text_of(built) == "☑是(否"


def test_hidden_by_a_style_is_hidden() -> None:
    styles = b"".join(struct.pack("<H", len(style)) + style for style in (_style(2, b""), _style(2, b"\x3c\x08\1")))
    built = Built("看得见看不见\r").look(0, 3, b"\x30\x4a\0\0").look(3, 6, b"\x30\x4a\1\0")
    built.blocks[1] = struct.pack("<HHH", 4, 2, 10) + styles
    assert text_of(built) == "看得见"


def _style(kind: int, look: bytes) -> bytes:
    return struct.pack("<HHHHH", 0, 0xFFF0 | kind, 1, 0, 0) + struct.pack("<HHH", 1, ord("甲"), 0) + struct.pack("<H", len(look)) + look


def level(code: int, text: str, start: int = 1, flags: int = 0, restarts_after: int = 0) -> bytes:
    """LVL: how a level of a list counts."""
    return struct.pack("<iBB18xBBBB", start, code, flags, 0, 0, restarts_after, 0) + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def numbered(levels: tuple[bytes, ...], uses: tuple[bytes, ...], *places: tuple[int, int]) -> list[str]:
    """What is printed where paragraphs, all of them called 项, stand in these places of a list: which use of it, which level."""
    built = Built("项\r" * len(places))
    for number, (use, at) in enumerate(places):
        built.paragraph(2 * number, 2 * number + 2, b"\x0b\x46" + struct.pack("<H", use) + b"\x0a\x26" + bytes([at]))
    built.blocks[73] = struct.pack("<Hi24x", 1, 7)
    built.levels = b"".join(levels) + level(0, "") * (9 - len(levels))
    heads = b"".join(struct.pack("<i8xB3x", 7, 1 if use else 0) for use in uses)
    built.blocks[74] = struct.pack("<I", len(uses)) + heads + b"".join(b"\xff" * 4 + use for use in uses)
    return [line.removesuffix("项") for line in text_of(built).split("\n")]


COUNTED, LETTERS = level(0x25, "\0、"), level(0x04, "\1)")


@pytest.mark.parametrize(
    ("levels", "uses", "places", "labels"),
    [
        ((COUNTED, LETTERS), (b"",), [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["一、", "a)", "b)", "二、", "a)"]),
        ((COUNTED,), (b"", b""), [(1, 0), (2, 0)], ["一、", "二、"]),
        ((COUNTED,), (b"", struct.pack("<iI", 5, 0x10)), [(1, 0), (2, 0), (2, 0), (1, 0)], ["一、", "五、", "六、", "七、"]),
        ((COUNTED,), (b"", struct.pack("<iI", 0, 0x20) + level(0, "第\0条")), [(1, 0), (2, 0)], ["一、", "第2条"]),
        ((COUNTED, level(0, "\1.", flags=8)), (b"",), [(1, 1), (1, 0), (1, 1)], ["1.", "一、", "2."]),
        ((COUNTED, level(0, "\0.\1", flags=4)), (b"",), [(1, 0), (1, 1)], ["一、", "1.1"]),
        ((level(0x17, "●"),), (b"",), [(1, 0)], [""]),
        ((level(0x29, "\0、"),), (b"",), [(1, 0)], [""]),
        ((COUNTED,), (b"",), [(0, 0), (9, 0), (1, 200)], ["", "", ""]),
    ],
    ids=["levels", "two uses count on", "begins anew", "another level", "goes on", "in digits", "bullet", "unknown format", "no such list"],
)
def test_a_list_counts_as_word_does(levels: tuple[bytes, ...], uses: tuple[bytes, ...], places: list[tuple[int, int]], labels: list[str]) -> None:
    assert numbered(levels, uses, *places) == labels


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("\x13 PAGE \x14" + "3\x15页\r", "3页"),
        ("\x13 A \x13 B \x14" + "9\x15 \x14" + "7\x15\r", "7"),
        ("\x13 TOC \x15目录\r", "目录"),
        ("不完\x13整的域\r", "不完整的域"),
        ("图\x01和\x08锚\r", "图和锚"),
        ("保\x1e留\x1f连字\r", "保-留连字"),
        ("一\x0c页\r", "一页"),
    ],
)
def test_of_words_signs_only_what_is_printed_is_left(written: str, printed: str) -> None:
    assert text_of(Built(written).paragraph(0, len(written), b"")) == printed


def test_a_break_that_ends_its_paragraph_ends_the_line() -> None:
    assert text_of(Built("一\x0c二\r").paragraph(0, 2, b"").paragraph(2, 4, b"")) == "一\n二"


def test_columns_are_counted_on_the_edges_of_all_rows() -> None:
    built = table((["甲", "乙"], shape([0, 1000, 3000])), (["丙", "丁"], shape([0, 2000, 3000])))
    assert cells(read(built.bytes())) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 2, "乙"), (1, 0, 1, 2, "丙"), (1, 2, 1, 1, "丁")]


def test_edges_that_differ_by_a_hair_are_one() -> None:
    built = table((["甲", "乙"], shape([0, 1000, 3000])), (["丙", "丁"], shape([-8, 1012, 2995])))
    assert cells(read(built.bytes())) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁")]


def test_a_row_may_begin_further_right() -> None:
    built = table((["甲", "乙"], shape([0, 1000, 2000])), (["丙"], shape([1000, 2000])))
    assert cells(read(built.bytes()))[-1] == (1, 1, 1, 1, "丙")


@pytest.mark.parametrize("flags", [(1, 2, 2), (2, 1, 1), (3, 1, 1)])
def test_cells_merged_into_the_one_before_make_it_wider(flags: tuple[int, int, int]) -> None:
    built = table((["合", "", "", "丁"], shape([0, 1000, 2000, 3000, 4000], [*flags, 0])), (["1", "2", "3", "4"], shape([0, 1000, 2000, 3000, 4000])))
    assert cells(read(built.bytes()))[:2] == [(0, 0, 1, 3, "合"), (0, 3, 1, 1, "丁")]


def test_two_merged_cells_side_by_side_stay_two() -> None:
    built = table((["甲", "", "乙", ""], shape([0, 1000, 2000, 3000, 4000], [1, 2, 1, 2])), (["1", "2", "3", "4"], shape([0, 1000, 2000, 3000, 4000])))
    assert cells(read(built.bytes()))[:2] == [(0, 0, 1, 2, "甲"), (0, 2, 1, 2, "乙")]


def test_a_cell_goes_down_through_the_rows_that_go_on_with_it() -> None:
    edges = [0, 1000, 2000]
    built = table((["甲", "1"], shape(edges, [0x60, 0])), (["", "2"], shape(edges, [0x20, 0])), (["乙", "3"], shape(edges, [0x60, 0])))
    assert [cell for cell in cells(read(built.bytes())) if cell[1] == 0] == [(0, 0, 2, 1, "甲"), (2, 0, 1, 1, "乙")]


def test_a_cell_that_goes_on_from_nothing_stands_for_itself() -> None:
    assert cells(read(table((["甲", "1"], shape([0, 1000, 2000], [0x20, 0]))).bytes()))[0] == (0, 0, 1, 1, "甲")


def test_a_row_without_a_shape_has_that_of_the_row_above() -> None:
    built = table((["甲", "乙"], shape([0, 1000, 3000])), (["丙", "丁"], b""))
    assert cells(read(built.bytes()))[2:] == [(1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁")]


def test_properties_too_long_for_their_page_lie_in_the_data_stream() -> None:
    built = table((["甲", "乙"], b""), (["丙", "丁"], shape([0, 1000, 2000])))
    stored = ENDS_ROW + shape([0, 2000, 2500])
    built.data = b"\0" * 8 + struct.pack("<H", len(stored)) + stored
    start, end, _ = built.paragraphs[2]
    built.paragraphs[2] = (start, end, b"\x46\x66" + struct.pack("<I", 8))
    assert cells(read(built.bytes()))[0] == (0, 0, 1, 2, "甲")


def test_a_deleted_row_is_left_out_and_noted() -> None:
    built = table((["甲", "1"], shape([0, 1000, 2000])), (["乙", "2"], shape([0, 1000, 2000])))
    document = read(built.look(0, 5, b"\x00\x08\1").look(5, 12, b"").bytes())
    assert cells(document) == [(0, 0, 1, 1, "乙"), (0, 1, 1, 1, "2")]
    assert document.notes == ["修订：删去表格中的一行“甲 1”（已按修订后的文字核对）。"]


def test_cells_without_an_end_of_their_row_are_lines() -> None:
    assert text_of(Built("甲\x07乙\x07后\r")) == "甲\n乙\n后"


@pytest.mark.parametrize(
    ("change", "edges", "flags"),
    [
        ((0x7621, b"\1\2\x64\0"), [0, 1000, 1100, 1200, 2200], [0, 0, 0, 0x60]),
        ((0x5622, b"\0\1"), [0, 1000], [0x60]),
        ((0x7623, b"\0\1\x64\0"), [0, 100, 1100], [0, 0x60]),
        ((0x5624, b"\0\2"), [0, 1000, 2000], [1, 0x62]),
        ((0xD62B, b"\2\0\1"), [0, 1000, 2000], [0x20, 0x60]),
        ((0x9601, b"\x64\0"), [100, 1100, 2100], [0, 0x60]),
        ((0x5622, b"\7\x09"), [0, 1000, 2000], [0, 0x60]),
    ],
    ids=["insert", "delete", "widen", "merge", "merge down", "move", "outside"],
)
def test_a_row_may_be_changed_after_it_was_defined(change: tuple[int, bytes], edges: list[int], flags: list[int]) -> None:
    row = RowShape([0, 1000, 2000], [0, 0x60])
    row.change(*change)
    assert (row.edges, row.flags) == (edges, flags)


def test_properties_end_with_the_first_that_is_damaged() -> None:
    assert list(properties(b"\x16\x24\1\x08\xd6\xff\xff\1")) == [(0x2416, b"\1")]


# ------------------------------------------------------------------------------------------------ what is not read


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("flags", 0x0300, "encrypted"), ("version", 0x0065, "damaged"), ("flags", 0x0000, "damaged")],
    ids=["password", "Word 95", "no table stream"],
)
def test_what_cannot_be_read_is_refused(name: str, value: int, code: str) -> None:
    built = Built("一\r")
    setattr(built, name, value)
    with pytest.raises(Refused) as refused:
        read(built.bytes())
    assert refused.value.error.code == code


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", container({"Workbook": b""})], ids=["nothing", "a beginning", "a sheet"])
def test_what_is_no_word_file_is_damaged(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.error.code == "damaged"


def test_a_newer_file_with_a_password_is_encrypted() -> None:
    with pytest.raises(Refused) as refused:
        read(container({"EncryptedPackage": b"", "EncryptionInfo": b""}))
    assert refused.value.error.code == "encrypted"


def test_a_file_without_words_is_empty() -> None:
    document = read(Built("\x01\r").bytes())
    assert document.error is not None
    assert document.error.code == "empty_file"
    assert document.notes == ["文件中只有图片，没有文字；请先做 OCR 识别，或索取电子版原件。"]


def test_spans_are_bounded() -> None:
    rows = [(["甲"], shape([0, 1000], [0x60]))] + [([""], shape([0, 1000], [0x20]))] * 5
    assert max(cell.rows for cell in read(table(*rows).bytes()).pages[0].grids[0].cells) <= MAX_SPAN


SEEDS = [(SAMPLES / name).read_bytes() for name in ("report.doc", "table.doc")] + [table((["甲", "1"], shape([0, 1000, 2000], [0x60, 0]))).bytes()]


def refused_or_read(data: bytes) -> None:
    try:
        document = read(data)
    except Refused:
        return
    text = "\n".join(page.text for page in document.pages)
    assert text.count(TABLE) == sum(len(page.grids) for page in document.pages)
    text.encode()


@given(st.binary(max_size=3000))
def test_random_bytes_are_refused(data: bytes) -> None:
    refused_or_read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(SEEDS), st.floats(0, 1))
def test_a_file_cut_anywhere_is_refused_or_read(data: bytes, part: float) -> None:
    refused_or_read(data[: int(len(data) * part)])


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 2**32), st.integers(1, 40))
def test_a_file_with_wrong_bytes_is_refused_or_read(data: bytes, seed: int, changes: int) -> None:
    dice = random.Random(seed)
    spoilt = bytearray(data)
    # Most bytes of a small file are padding: those that say something are changed.
    telling = [place for place, byte in enumerate(data) if byte not in (0, 0xFF)]
    for _ in range(changes):
        spoilt[dice.choice(telling)] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
    refused_or_read(bytes(spoilt))


def test_a_report_is_read_in_a_moment() -> None:
    begin = time.process_time()
    for _ in range(5):
        sample("anhui_fupin.doc")
    assert time.process_time() - begin < 1
