"""Photos made for tests."""

from functools import cache
from io import BytesIO

from PIL import Image


@cache
def photo(colour: tuple[int, int, int] = (120, 90, 60), size: tuple[int, int] = (320, 240)) -> bytes:
    """A JPEG of one colour."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()
