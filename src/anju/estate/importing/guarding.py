"""The guard before the parser: a file is judged by its size, its first bytes and its directory, in milliseconds."""

import io
import struct
import zipfile
from pathlib import PurePath

from django.utils.translation import gettext as _

from anju.core.errors import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 500
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEETS = (".xlsx", ".csv")


def check(data: bytes, name: str) -> str:
    """ "xlsx" or "csv" by content. Raises Refused FILE_EMPTY, FILE_TOO_LARGE, FILE_TYPE, FILE_ENCRYPTED, FILE_BOMB."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Refused("FILE_EMPTY", _("文件是空的"))
    if len(data) > MAX_BYTES:
        raise Refused("FILE_TOO_LARGE", _("文件超过10MB，请分成几个文件"))
    if data.startswith(b"PK"):
        _check_zip(data)
        return "xlsx"
    if data.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        message = _("文件有密码，请去掉密码再导入") if encrypted else _("这是旧的.xls格式，请另存为.xlsx再导入")
        raise Refused("FILE_ENCRYPTED" if encrypted else "FILE_TYPE", message)
    looks_like_text = b"\x00" not in data and data.lstrip()[:1] != b"<"
    if PurePath(name).suffix.lower() == ".csv" and looks_like_text:
        return "csv"
    raise Refused("FILE_TYPE", _("只认.xlsx和.csv文件；改了扩展名的网页或旧表格请另存为.xlsx"))


def _check_zip(data: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, OverflowError) as error:
        raise Refused("FILE_TYPE", _("文件打不开，可能没有传完整")) from error
    _check_names([part.filename for part in parts])
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or (unpacked > MAX_BYTES and unpacked / packed > MAX_RATIO):
        raise Refused("FILE_BOMB", _("文件展开后太大，不导入。请只保留花名册这一张表"))


def _check_names(names: list[str]) -> None:
    if any(".." in name or name.startswith(("/", "\\")) for name in names) or "xl/workbook.xml" not in names:
        raise Refused("FILE_TYPE", _("这不是Excel文件"))
    if any("vbaProject" in name for name in names):
        raise Refused("FILE_TYPE", _("文件里有宏，请另存为不带宏的.xlsx"))
