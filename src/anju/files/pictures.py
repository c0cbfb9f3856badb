"""Making a sent picture harmless: decoded within limits, turned upright, shrunk, written anew without metadata."""

import io
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image

from anju.core import clock
from anju.core.errors import Refused
from anju.files.sniff import Sort, sort

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_PIXELS_WEBP = 15_000_000
"""Pillow's WebP decoder takes about 17 bytes for each pixel; no camera writes WebP."""
MAX_SCANS = 100
EDGE = 2000
QUALITY = 85
PNG_COLOURS = 1 << 14
"""A picture with more colours is a photo: as PNG it would be ten times as large, and slow to write."""

_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, ArithmeticError,
    MemoryError, struct.error, zlib.error,
)  # fmt: skip
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIXTEEN_BITS = 1 / 256
_decoding = Lock()  # one picture at a time, so that a worker's memory has a bound


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    data: bytes
    mime: str
    width: int
    height: int
    taken_at: datetime | None


def tidy(data: bytes) -> Picture:
    """The harmless picture. Raises Refused: MEDIA_TYPE, PHOTO_TOO_LARGE or PHOTO_BROKEN."""
    kind = _accepted(data)
    try:
        with _decoding, Image.open(io.BytesIO(data), formats=[kind]) as image:
            _check_size(image, kind)
            taken_at = _taken_at(image)
            upright = _upright(image)
            body, form = _written(upright, kind)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except _BROKEN as error:
        raise Refused("PHOTO_BROKEN", _("照片打不开，请重新拍一张或换一张")) from error
    return Picture(body, f"image/{form.lower()}", upright.width, upright.height, taken_at)


def shrink(data: bytes, edge: int) -> bytes:
    """A kept picture with both sides at most `edge` pixels, in the same format."""
    with _decoding, Image.open(io.BytesIO(data)) as image:
        form = image.format or Sort.JPEG
        image.thumbnail((edge, edge))
        return _save(image, form)


def _accepted(data: bytes) -> Sort:
    if len(data) > MAX_BYTES:
        raise Refused("PHOTO_TOO_LARGE", _("照片不能超过10MB，请压缩后再传"))
    if not data:
        raise Refused("PHOTO_BROKEN", _("照片是空的，请重新选择"))
    kind = sort(data)
    if kind is Sort.HEIC:
        raise Refused("MEDIA_TYPE", _("暂不支持HEIC照片，请在相机设置里改为“兼容性最佳”，或截图后再传"))
    if kind is None:
        raise Refused("MEDIA_TYPE", _("只能上传照片（JPG、PNG、WebP、GIF）"))
    if kind is Sort.JPEG and data.count(b"\xff\xda") > MAX_SCANS:
        raise Refused("PHOTO_BROKEN", _("照片打不开，请重新拍一张或换一张"))
    return kind


def _check_size(image: Image.Image, kind: Sort) -> None:
    """Before a single pixel is decoded."""
    if image.width * image.height > (MAX_PIXELS_WEBP if kind is Sort.WEBP else MAX_PIXELS):
        raise _too_many_pixels()


def _too_many_pixels() -> Refused:
    return Refused("PHOTO_TOO_LARGE", _("照片尺寸太大，请缩小后再传"))


def _upright(image: Image.Image) -> Image.Image:
    image.draft(None, (EDGE, EDGE))  # a large JPEG is decoded at a half, a quarter or an eighth
    turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    small = _in_strips(image) if image.mode == "RGBA" else image
    small.thumbnail((EDGE, EDGE))
    upright = _flat(small)
    return upright if turn is None else upright.transpose(turn)


def _in_strips(image: Image.Image) -> Image.Image:
    """Shrunk by a whole number, strip by strip: Pillow would copy the whole picture to shrink one with transparency."""
    factor = max(image.size) // EDGE
    if factor < 2:
        return image
    width, height = image.size
    small = Image.new("RGBA", (-(-width // factor), -(-height // factor)))
    step = factor * 64
    for top in range(0, height, step):
        strip = image.crop((0, top, width, min(top + step, height))).reduce(factor)
        small.paste(strip, (0, top // factor))
    return small


def _flat(upright: Image.Image) -> Image.Image:
    if upright.mode in ("I", "F") or upright.mode.startswith("I;16"):
        return upright.convert("I").point(lambda level: level * _SIXTEEN_BITS).convert("L")
    if upright.mode in ("LA", "PA", "RGBa", "La") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
    if upright.mode == "RGBA" and upright.getchannel("A").getextrema() == (255, 255):
        return upright.convert("RGB")  # many a screenshot has a transparency that hides nothing
    return upright if upright.mode in ("L", "RGB", "RGBA") else upright.convert("RGB")


def _written(image: Image.Image, kind: Sort) -> tuple[bytes, Sort]:
    as_png = kind is not Sort.JPEG and (image.mode == "RGBA" or image.getcolors(PNG_COLOURS) is not None)
    form = Sort.PNG if as_png else Sort.JPEG
    return _save(image, form), form


def _save(image: Image.Image, form: str) -> bytes:
    image.info = {}  # comments, profiles and positions would be written again
    out = io.BytesIO()
    image.save(out, form, quality=QUALITY)
    return out.getvalue()


def _taken_at(image: Image.Image) -> datetime | None:
    """When the camera says the picture was taken, if that can be true."""
    details = image.getexif().get_ifd(ExifTags.IFD.Exif)
    text = str(details.get(ExifTags.Base.DateTimeOriginal, ""))[:19]
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, ""))[:6]
    try:
        at = clock.parse(text.replace(":", "-", 2) + (offset if offset[:1] in ("+", "-") else ""))
    except (ValueError, OverflowError):
        return None
    return at if datetime(1990, 1, 1, tzinfo=clock.SHANGHAI) < at < clock.now() + timedelta(days=1) else None
