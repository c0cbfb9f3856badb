"""The guard before the parser: a file is judged by its size, its first bytes and its directory, in milliseconds."""

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import PurePath

from django.utils.translation import gettext as _

from anju.core.errors import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 500
ENCRYPTED = 0x1
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check(data: bytes, name: str) -> str:
    """ "xlsx" or "csv" by content. Raises Refused FILE_EMPTY, FILE_TOO_LARGE, FILE_TYPE, FILE_ENCRYPTED, FILE_BOMB."""
    if len(data) > MAX_BYTES:
        raise Refused("FILE_TOO_LARGE", _("文件超过10MB，请分成几个文件"))
    if not data.strip(b"\x00 \r\n\t"):
        raise Refused("FILE_EMPTY", _("文件是空的"))
    if data.startswith(b"PK"):
        _check_zip(data)
        return "xlsx"
    if data.startswith(OLE):
        raise _old(data)
    looks_like_text = b"\x00" not in data and data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"<"
    if PurePath(name).suffix.lower() == ".csv" and looks_like_text:
        return "csv"
    raise Refused("FILE_TYPE", _("只认.xlsx和.csv文件；改了扩展名的网页或旧表格请另存为.xlsx"))


def _old(data: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused("FILE_ENCRYPTED", _("文件有密码，请去掉密码再导入"))
    return Refused("FILE_TYPE", _("这是旧的.xls格式，请另存为.xlsx再导入"))


def _check_zip(data: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError) as error:
        raise Refused("FILE_TYPE", _("文件打不开，可能没有传完整")) from error
    _check_sizes(parts)
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Refused("FILE_ENCRYPTED", _("文件有密码，请去掉密码再导入"))
    _check_names([part.filename for part in parts])
    if any(part.compress_type not in PACKINGS for part in parts):
        raise Refused("FILE_TYPE", _("这不是Excel文件"))


def _check_sizes(parts: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    steep = unpacked > MAX_BYTES and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or steep:
        raise bomb()


def _check_names(names: Sequence[str]) -> None:
    """Two parts of one name would let the guard look at one and the parser read the other."""
    twice = len({name.casefold() for name in names}) < len(names)
    outside = any(".." in name or "\\" in name or name.startswith("/") for name in names)
    if twice or outside or "xl/workbook.xml" not in names:
        raise Refused("FILE_TYPE", _("这不是Excel文件"))
    if any("vbaproject" in name.casefold() for name in names):
        raise Refused("FILE_TYPE", _("文件里有宏，请另存为不带宏的.xlsx"))


def bomb() -> Refused:
    """The refusal of a file that unpacks to far more than it says or than a roster can be."""
    return Refused("FILE_BOMB", _("文件展开后太大，不导入。请只保留花名册这一张表"))
