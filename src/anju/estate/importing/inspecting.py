"""A second look at a workbook, before the parser makes a table of it.

The parser lays out the whole rectangle up to the last cell, so one cell at XFD1048576 would take all memory; and it
gives an empty text for #REF! and for a formula that was never calculated. Both are seen here, in one pass over the
XML, which also finds parts that unpack to more than the directory says.
"""

import copy
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.estate.importing import guarding
from anju.estate.importing.cells import Broken

MAX_ROWS = 50_000
MAX_COLUMNS = 100
CHUNK = 1 << 20
_REFERENCE = re.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")
Cell = tuple[int, int]
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,
    expat.ExpatError,
)
"""What reading a zip and its XML raises when the file is damaged; NotImplementedError is a RuntimeError."""


@dataclass(slots=True)
class Sheet:
    """The cells of one worksheet, from 0, whose content is not known."""

    broken: dict[Cell, Broken] = field(default_factory=dict)


def look(data: bytes) -> Mapping[str, Sheet]:
    """Every worksheet by the path of its part. Raises Refused FILE_TYPE, FILE_BOMB, FILE_TOO_LONG."""
    found: dict[str, Sheet] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                if not part.is_dir():
                    _part(archive, part, found)
    except BROKEN as error:
        raise Refused("FILE_TYPE", _("文件打不开，请用Excel另存为.xlsx再试")) from error
    return found


def targets(data: bytes) -> Mapping[str, str]:
    """The part of each sheet by the sheet's name, resolved as the parser does; only inspected parts may be parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.casefold(): name for name in archive.namelist()}
        links = names.get("xl/_rels/workbook.xml.rels")
        if links is None:
            return {}
        by_id = {each.get("Id", ""): each.get("Target", "") for each in _elements(archive.read(links), "Relationship")}
        sheets = _elements(archive.read("xl/workbook.xml"), "sheet")
    ids = {each.get("name", ""): next((v for k, v in each.items() if k.endswith(":id")), "") for each in sheets}
    paths = {name: by_id.get(link, "") for name, link in ids.items()}
    if len(ids) < len(sheets):
        raise Refused("FILE_TYPE", _("两张表同名，请用Excel另存为.xlsx再试"))
    return {name: names.get(_resolved(path).casefold(), "") for name, path in paths.items()}


def _resolved(path: str) -> str:
    if path.startswith("/xl/"):
        return path[1:]
    return path if path.startswith("xl/") else f"xl/{path}"


def _elements(xml: bytes, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.Parse(xml, True)
    return found


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, found: dict[str, Sheet]) -> None:
    chunks = _unpacked(archive, part)
    if not part.filename.casefold().endswith((".xml", ".rels")):
        for _chunk in chunks:
            pass
        return
    reader = _Reader()
    for chunk in chunks:
        reader.parser.Parse(chunk, False)
    reader.parser.Parse(b"", True)
    if reader.is_sheet:
        found[part.filename] = reader.sheet


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part in pieces; one byte more than it declares is enough to know."""
    wide = copy.copy(part)
    wide.file_size += 1
    size = 0
    with archive.open(wide) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > part.file_size:
                raise guarding.bomb()
            yield chunk


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Reader:
    """Follows the rows and cells of a part that is a worksheet; others are only checked for entities."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.is_sheet = False
        self.begun = False
        self.row, self.column = -1, -1
        self.formula, self.value = False, ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = self.doctype

    def doctype(self, *_declaration: object) -> None:
        raise Refused("FILE_TYPE", _("文件里有不该有的XML声明，请用Excel另存为.xlsx再试"))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; the first one tells whether this is a worksheet at all."""
        local = _local(name)
        if not self.begun:
            self.begun, self.is_sheet = True, local == "worksheet"
            self.parser.StartElementHandler = self.start if self.is_sheet else None
            self.parser.EndElementHandler = self.end if self.is_sheet else None
        elif local == "c":
            self.cell(attributes)
        elif local == "row":
            self.row, self.column = self.place(attributes.get("r", ""), self.row + 1), -1
        elif local == "f":
            self.formula, self.value = True, ""
            self.parser.CharacterDataHandler = self.text
        elif local == "v":
            self.value = ""

    def cell(self, attributes: dict[str, str]) -> None:
        """A cell where it says it is, or after the one before."""
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = _column(match[1]) if match else self.column + 1
        self.row = self.place(match[2] if match else "", max(self.row, 0))
        self.formula = False
        if attributes.get("t") == "e":
            self.sheet.broken[self.row, self.column] = Broken("CELL_ERROR")

    def place(self, said: str, otherwise: int) -> int:
        return int(said) - 1 if said.isdigit() else otherwise

    def text(self, more: str) -> None:
        self.value += more

    def end(self, name: str) -> None:
        """A value makes its row count; a formula without one is noted."""
        local = _local(name)
        if local in ("v", "is") and (self.row >= MAX_ROWS or self.column >= MAX_COLUMNS):
            raise too_long()
        if local == "f":
            self.value = ""
        elif local == "c" and self.formula:
            self.parser.CharacterDataHandler = None
            if not self.value.strip():
                self.sheet.broken.setdefault((self.row, self.column), Broken("CELL_FORMULA"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def too_long() -> Refused:
    """The refusal of a table with more rows or columns than a roster can have."""
    return Refused("FILE_TOO_LONG", _("表太大：最多5万行、100列，请删掉空白区域"))
