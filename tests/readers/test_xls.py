"""Old workbooks, written record by record: what their cells display, and that damaged ones do no harm."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, GridCell
from extractor.readers.errors import Refused
from extractor.readers.sheets import read_sheets

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def container(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file that holds one stream: header, allocation table, directory, stream ([MS-CFB])."""
    stream = stream.ljust(4096, b"\0")  # Shorter ones are kept elsewhere.
    sectors = -(-len(stream) // SECTOR)
    tables = next(count for count in range(1, 100) if count * SECTOR // 4 >= count + 1 + sectors)
    chain = [FAT] * tables + [END] + [tables + 2 + at for at in range(sectors - 1)] + [END]
    chain += [FREE] * (tables * SECTOR // 4 - len(chain))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096, END, 0, END, 0)
    )
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    entries = entry("Root Entry", 5, 1, END, 0) + entry(name, 2, FREE, tables + 1, len(stream))
    return header + struct.pack(f"<{len(chain)}I", *chain) + entries.ljust(SECTOR, b"\0") + stream.ljust(sectors * SECTOR, b"\0")


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return written.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(written), kind, 1, FREE, FREE, child, start, size)


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def words(text: str, length: str = "<H") -> bytes:
    return struct.pack(length, len(text)) + b"\1" + text.encode("utf-16-le")


def workbook(*sheets: bytes, codes: tuple[str, ...] = (), strings: bytes = b"", states: tuple[int, ...] = (), more: bytes = b"") -> bytes:
    """A workbook of these sheets' records; the cell style n has the format ``codes[n - 1]``, style nought has none."""
    before = record(0x809, struct.pack("<HH12x", 0x600, 5)) + more
    before += b"".join(record(0x41E, struct.pack("<H", 164 + at) + words(code)) for at, code in enumerate(codes))
    before += b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, *range(164, 164 + len(codes))))
    names = [words(f"表{at}", "<B") for at in range(1, len(sheets) + 1)]
    offset = len(before) + sum(4 + 6 + len(name) for name in names) + len(strings) + 4
    listed = b""
    for at, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
        listed += record(0x85, struct.pack("<IBB", offset, states[at] if states else 0, 0) + name)
        offset += len(sheet)
    return container(before + listed + strings + record(0x0A) + b"".join(sheets))


def sheet(*records: bytes) -> bytes:
    return record(0x809, struct.pack("<HH12x", 0x600, 0x10)) + b"".join(records) + record(0x0A)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, text: str) -> bytes:
    return record(0x204, struct.pack("<HHH", row, column, 0) + words(text))


def formula(row: int, column: int, result: bytes, tokens: bytes, style: int = 0) -> bytes:
    return record(0x06, struct.pack("<HHH8sHIH", row, column, style, result, 0, 0, len(tokens)) + tokens)


def read(data: bytes) -> Document:
    return read_sheets(data, Document("表.xls", "", "xls"))


def cells(data: bytes, at: int = 0) -> dict[str, GridCell]:
    return {cell.label: cell for cell in read(data).pages[0].grids[at].cells}


def texts(data: bytes) -> dict[str, str]:
    return {label: cell.text for label, cell in cells(data).items()}


def test_a_cell_is_what_it_displays() -> None:
    made = sheet(
        label(0, 0, "执行率"),
        number(0, 1, 0.979, 1),
        number(0, 2, 313.87),
        number(0, 3, 34057, 2),
        record(0x205, struct.pack("<HHHBB", 0, 4, 0, 1, 0)),
        record(0x205, struct.pack("<HHHBB", 0, 5, 0, 7, 1)),
    )
    assert list(texts(workbook(made, codes=("0.00%", '0!.0,"万元"'))).values()) == ["执行率", "97.90%", "313.87", "3.4万元", "TRUE", "#DIV/0!"]


def test_numbers_packed_into_four_bytes_are_read() -> None:
    packed = [31387 << 2 | 3, 5 << 2 | 2, (-5 << 2 | 2) & 0xFFFFFFFF, 0x3FF00000]
    many = struct.pack("<HH", 0, 0) + b"".join(struct.pack("<HI", 0, one) for one in packed) + struct.pack("<H", 3)
    made = sheet(record(0xBD, many), record(0x27E, struct.pack("<HHHI", 1, 0, 0, packed[0])))
    assert list(texts(workbook(made)).values()) == ["313.87", "5", "-5", "1", "313.87"]


def test_shared_strings_are_read_across_records() -> None:
    first = struct.pack("<II", 3, 3) + words("执行率") + struct.pack("<HB", 6, 0x0C | 1) + struct.pack("<HI", 1, 4) + "预算".encode("utf-16-le")
    # The rest of the second string stands in the next record, there with one byte a character; runs and reading follow it.
    second = b"\0" + b"2023" + bytes(4) + b"\xff" * 4 + struct.pack("<HB", 2, 0) + b"ok"
    made = sheet(*[record(0xFD, struct.pack("<HHHI", at, 0, 0, at)) for at in range(3)])
    assert list(texts(workbook(made, strings=record(0xFC, first) + record(0x3C, second))).values()) == ["执行率", "预算2023", "ok"]


def test_merged_hidden_and_named_parts_are_kept() -> None:
    made = sheet(
        record(0x208, struct.pack("<HHHHHHHI", 1, 0, 2, 255, 0, 0, 0x20, 0)), record(0x7D, struct.pack("<HHHHHH", 1, 1, 100, 0, 1, 0)),
        label(0, 0, "表"), label(0, 2, "暗"), label(1, 1, "一"), record(0xE5, struct.pack("<HHHHH", 1, 0, 0, 0, 2)),
    )  # fmt: skip
    document = read(workbook(made, sheet(number(4, 4, 7)), states=(0, 2)))
    assert document.notes == ["工作表“表1”有 1 行隐藏、1 列隐藏，已一并核对。", "工作表“表2”是隐藏的，已一并核对。"]
    first, second = document.pages[0].grids
    assert [(cell.label, cell.text, cell.columns) for cell in first.cells] == [("A1", "表", 3), ("B2", "一", 1)]
    assert [(second.name, cell.label, cell.row) for cell in second.cells] == [("表2", "E5", 0)]


def test_a_formula_comes_with_its_saved_result() -> None:
    ratio = b"\x44" + struct.pack("<HH", 0, 0xC000) + b"\x44" + struct.pack("<HH", 0, 0xC001) + b"\x06"
    total = b"\x25" + struct.pack("<HHHH", 0, 9, 0xC000, 0xC000) + b"\x19\x10\0\0"
    rounded = ratio + b"\x1e\x02\0" + b"\x41" + struct.pack("<H", 27)
    made = sheet(formula(0, 2, struct.pack("<d", 0.979), ratio, 1), formula(1, 2, struct.pack("<d", 5), total), formula(2, 2, struct.pack("<d", 0.98), rounded))
    assert [(cell.text, cell.formula) for cell in cells(workbook(made, codes=("0.00%",))).values()] == [
        ("97.90%", "A1/B1"),
        ("5", "SUM(A1:A10)"),
        ("0.98", "ROUND(A1/B1,2)"),
    ]


def test_a_formula_can_give_a_text_a_truth_or_an_error() -> None:
    results = [bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF]) for kind, value in ((0, 0), (1, 1), (2, 7), (3, 0))]
    one = b"\x1e\x01\0"
    made = sheet(formula(0, 0, results[0], one), record(0x207, words("高")), *[formula(at, 0, results[at], one) for at in (1, 2, 3)])
    assert list(texts(workbook(made)).values()) == ["高", "TRUE", "#DIV/0!", ""]


def test_a_shared_formula_is_moved_to_its_cells() -> None:
    refers = b"\x01" + struct.pack("<HH", 0, 2)
    tokens = b"\x4c" + struct.pack("<HH", 0, 0xC000 | 0xFE) + b"\x44" + struct.pack("<HH", 0, 1) + b"\x05"
    shared = record(0x4BC, struct.pack("<HHBBHH", 0, 1, 2, 2, 2, len(tokens)) + tokens)
    made = sheet(formula(0, 2, struct.pack("<d", 1), refers), shared, formula(1, 2, struct.pack("<d", 2), refers))
    assert [cell.formula for cell in cells(workbook(made)).values()] == ["A1*$B$1", "A2*$B$1"]


def test_a_formula_with_anything_unusual_has_no_text() -> None:
    made = sheet(formula(0, 0, struct.pack("<d", 1), b"\x3a" + bytes(6)), formula(1, 0, struct.pack("<d", 1), b"\x03"))
    assert [(cell.text, cell.formula) for cell in cells(workbook(made)).values()] == [("1", ""), ("1", "")]


def test_digits_in_a_text_box_are_said_and_those_of_a_comment_are_not() -> None:
    box, comment = (
        record(0x5D, struct.pack("<HHHH", 0x15, 18, kind, 1)) + record(0x1B6, bytes(18)) + record(0x3C, b"\x01" + "100 万".encode("utf-16-le"))
        for kind in (6, 0x19)
    )
    assert read(workbook(sheet(number(0, 0, 1), comment))).notes == []
    assert read(workbook(sheet(number(0, 0, 1), box))).notes == ["工作表“表1”的文本框中有数字，没有核对。"]


def test_a_workbook_of_excel_95_is_read() -> None:
    name = "绩效".encode("gbk")
    before = record(0x809, struct.pack("<HH4x", 0x500, 5)) + record(0x42, struct.pack("<H", 936)) + record(0x41E, struct.pack("<HB", 164, 5) + b"0.00%")
    before += record(0xE0, struct.pack("<HH12x", 0, 0)) + record(0xE0, struct.pack("<HH12x", 0, 164))
    offset = len(before) + 4 + 7 + len(name) + 4
    text = "执行率".encode("gbk")
    rows = (
        record(0x809, struct.pack("<HH4x", 0x500, 0x10))
        + record(0x204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text)
        + number(0, 1, 0.979, 1)
        + record(0x0A)
    )
    data = container(before + record(0x85, struct.pack("<IBBB", offset, 0, 0, len(name)) + name) + record(0x0A) + rows, "Book")
    assert texts(data) == {"A1": "执行率", "B1": "97.90%"}
    assert read(data).pages[0].grids[0].name == "绩效"


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(data)
    return refused.value.error.code


def test_a_workbook_with_a_password_is_said_to_have_one() -> None:
    assert refusal(workbook(sheet(number(0, 0, 1)), more=record(0x2F, bytes(6)))) == "encrypted"
    assert refusal(container(b"", "EncryptedPackage")) == "encrypted"


def test_what_is_no_workbook_is_damage() -> None:
    assert refusal(b"") == "damaged"
    assert refusal(container(b"", "WordDocument")) == "damaged"
    assert refusal(workbook(sheet(number(0, 0, 1)))[:1580]) == "damaged"
    assert refusal(workbook(sheet(record(0xFD, struct.pack("<HHHI", 0, 0, 0, 5))))) == "damaged"
    assert refusal(workbook(number(0, 0, 1) + record(0x0A))) == "damaged"


def test_an_empty_workbook_is_an_empty_file() -> None:
    error = read(workbook(sheet())).error
    assert error is not None
    assert error.code == "empty_file"


SAMPLE = workbook(
    sheet(
        label(0, 0, "执行率"),
        number(0, 1, 0.979, 1),
        formula(0, 2, bytes([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]), b"\x44\0\0\0\xc0\x1e\1\0\x03"),
        record(0x207, words("高")),
        record(0xE5, struct.pack("<HHHHH", 1, 0, 2, 0, 0)),
        record(0xFD, struct.pack("<HHHI", 3, 0, 0, 0)),
    ),
    codes=("0.00%",),
    strings=record(0xFC, struct.pack("<II", 1, 1) + words("一")),
)


@settings(max_examples=300)
@given(data=st.data())
def test_a_damaged_workbook_raises_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(SAMPLE[: data.draw(st.sampled_from([len(SAMPLE), 2000, 1600]))])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.one_of(st.integers(0, len(whole) - 1), st.integers(SECTOR * 3, SECTOR * 3 + 300))) % len(whole)
        whole[at] = data.draw(st.integers(0, 255))
    try:
        document = read(bytes(whole))
    except Refused:
        return
    assert document.pages or document.error
