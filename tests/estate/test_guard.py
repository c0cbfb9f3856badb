"""The guard and the second look: what is not a roster never reaches the parser, and is refused in milliseconds."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from anju.core.errors import Refused
from anju.estate import importing
from tests.speed import cpu, within

DATA = Path(__file__).resolve().parent.parent / "data"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"
NAMES = '<row r="1"><c r="A1" t="str"><v>房号</v></c><c r="B1" t="str"><v>业主</v></c></row>'


def refusal(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(Refused) as refused:
        importing.load(data, name)
    return refused.value.code


def packed(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def book(cells: str, *, before: str = "") -> bytes:
    """A workbook whose only sheet is this XML."""
    empty = io.BytesIO()
    Workbook().save(empty)
    with zipfile.ZipFile(empty) as made:
        parts: dict[str, bytes | str] = {name: made.read(name) for name in made.namelist()}
    return packed(parts | {SHEET: before + HEAD + cells + TAIL})


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "FILE_EMPTY"),
        (b"   \n", "a.csv", "FILE_EMPTY"),
        (b"<html><table>", "a.xls", "FILE_TYPE"),
        (b"<html><table>", "a.csv", "FILE_TYPE"),
        (b"\xef\xbb\xbf<html>", "a.csv", "FILE_TYPE"),
        (b"\x7fELF", "a.csv", "HEADER_MISSING"),
        ("房号,业主".encode("utf-16"), "a.csv", "FILE_TYPE"),
        (OLD + b"x" * 600, "a.xlsx", "FILE_TYPE"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "FILE_ENCRYPTED"),
        (b"PK\x03\x04broken", "a.xlsx", "FILE_TYPE"),
        (packed({"../evil": "x", "xl/workbook.xml": "x"}), "a.xlsx", "FILE_TYPE"),
        (packed({"word/document.xml": "x"}), "a.xlsx", "FILE_TYPE"),
        (packed({"xl/workbook.xml": "x", "xl/Workbook.xml": "x"}), "a.xlsx", "FILE_TYPE"),
        (packed({"xl/workbook.xml": "x", "xl/vbaProject.bin": "x"}), "a.xlsm", "FILE_TYPE"),
        (packed({"xl/workbook.xml": "not xml"}), "a.xlsx", "FILE_TYPE"),
        (packed({"xl/workbook.xml": "x"} | {f"xl/{at}.png": "" for at in range(500)}), "a.xlsx", "FILE_BOMB"),
        (b"a;b\n" * 3_000_000, "a.csv", "FILE_TOO_LARGE"),
        ("姓名,电话\n张三,1\n".encode(), "a.csv", "HEADER_MISSING"),
        ("房号,业主\n".encode(), "a.csv", "FILE_EMPTY"),
        ("房号,房号\n1,2\n".encode(), "a.csv", "HEADER_TWICE"),
        ("房号\n".encode() + b"1\n" * 50_001, "a.csv", "FILE_TOO_LONG"),
        ('房号,业主\n"'.encode() + b"x" * 200_000, "a.csv", "FILE_TYPE"),
    ],
)
def test_files_that_are_not_taken(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name) == code


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="50001"><c r="A50001"><v>1</v></c></row>',
        '<row r="2"><c r="CW2"><v>1</v></c></row>',
        '<row r="2">' + "<c><v>1</v></c>" * 101 + "</row>",
        '<row r="2"><c r="zzz2" t="inlineStr"><is><t>x</t></is></c></row>',
        "<row><c><v>1</v></c></row>" * 50_001,
    ],
)
def test_a_far_cell_never_becomes_a_table(cells: str) -> None:
    assert refusal(book(NAMES + cells)) == "FILE_TOO_LONG"


def test_blank_cells_however_far_are_nothing() -> None:
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(3, 100_000))
    room = '<row r="2"><c r="A2" t="str"><v>3-1-101</v></c></row>'
    loaded = importing.load(book(NAMES + room + blank), "a.xlsx")
    assert [one.full_code for one in loaded.records] == ["3-1-101"]
    assert [
        one.full_code for one in importing.load("房号\n3-1-101\n".encode() + b",,\n" * 100_000, "a.csv").records
    ] == ["3-1-101"]


def test_entities_are_not_expanded() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert refusal(book(NAMES + '<row r="2"><c r="A2" t="str"><v>&b;</v></c></row>', before=laughs)) == "FILE_TYPE"


def test_a_formula_counts_by_its_result() -> None:
    def read(cell: str) -> importing.Loaded:
        return importing.load(book(NAMES + f'<row r="2"><c r="A2" {cell}</c></row>'), "a.xlsx")

    assert read('t="str"><f>A9</f><v>3-1-101</v>').records[0].full_code == "3-1-101"
    assert [(one.row, one.code) for one in read('t="str"><f>A9</f><v></v>').faults] == [(2, "CELL_FORMULA")]
    assert [(one.row, one.code) for one in read("><f>A9</f>").faults] == [(2, "CELL_FORMULA")]
    assert [(one.row, one.code) for one in read('t="e"><v>#REF!</v>').faults] == [(2, "CELL_ERROR")]


def bomb(size: int) -> bytes:
    return packed({"xl/workbook.xml": "<workbook/>", SHEET: b"\x00" * size})


def test_a_bomb_is_seen_before_it_is_opened() -> None:
    data = bomb(300 * 1024 * 1024)
    assert refusal(data) == "FILE_BOMB"
    assert within(0.1, lambda: cpu(lambda: refusal(data)))


def test_a_part_that_is_larger_than_it_says() -> None:
    data = book(NAMES + "<!--" + " " * 30_000_000 + "-->")
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        true = made.getinfo(SHEET).file_size
    lie = data.replace(struct.pack("<I", true), struct.pack("<I", 2000))
    assert lie != data
    assert refusal(lie) in ("FILE_TYPE", "FILE_BOMB")  # as the checksum was made for the lie or not
    assert within(0.1, lambda: cpu(lambda: refusal(lie)))


@given(st.integers(0, 6000), st.integers(0, 6), st.binary(max_size=6))
def test_a_damaged_file_is_refused_or_read(at: int, gone: int, instead: bytes) -> None:
    data = (DATA / "花名册-换列.xlsx").read_bytes()
    try:
        importing.load(data[:at] + instead + data[at + gone :], "a.xlsx")
    except Refused:
        return


def test_hidden_sheets_are_not_read_and_others_are_named() -> None:
    made = Workbook()
    made.active.title = "说明"
    made.active.append(["请先读我"])
    for title, code in (("旧", "1-1-101"), ("一期", "3-1-101"), ("二期", "4-1-101")):
        sheet = made.create_sheet(title)
        sheet.append(["房号", "业主"])
        sheet.append([code, "张三"])
    made["旧"].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    loaded = importing.load(out.getvalue(), "a.xlsx")
    assert [one.full_code for one in loaded.records] == ["3-1-101"]
    assert "二期" in next(one.reason for one in loaded.notes if one.code == "SHEETS_LEFT")
