"""Workbooks that leave the house: the one place where cells are written, so that none of them is ever a formula."""

import io
from collections.abc import Sequence
from math import isfinite
from types import NoneType

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
NUMBERS = (bool, int, NoneType)

Line = Sequence[object]


def neutral(cell: object) -> bool | int | float | str | None:
    """A cell that Excel will not run and can hold: text that begins like a formula gets an apostrophe."""
    if isinstance(cell, NUMBERS) or (isinstance(cell, float) and isfinite(cell)):
        return cell
    value = ILLEGAL_CHARACTERS_RE.sub("", str(cell))
    return f"'{value}" if value.startswith(DANGEROUS) else value


def book(title: str, lines: Sequence[Line], *, mark: str = "") -> bytes:
    """A workbook of one sheet, its first line the header. `mark` is written above it and on every printed page."""
    out = Workbook(write_only=True)
    sheet = out.create_sheet(title)
    sheet.freeze_panes = "A3" if mark else "A2"
    if mark:
        sheet.oddHeader.center.text = sheet.oddFooter.center.text = neutral(mark)
        sheet.append([neutral(mark)])
    for line in lines:
        sheet.append([neutral(cell) for cell in line])
    held = io.BytesIO()
    out.save(held)
    return held.getvalue()


def locked(content: bytes, password: str) -> bytes:
    """The same workbook encrypted as Excel and WPS do it (AES-256); they ask for the password when it is opened."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, out)
    return out.getvalue()
