"""What bytes are, judged by the bytes; the name and the declared type of an upload are not believed."""

from enum import StrEnum


class Sort(StrEnum):
    """Picture formats that are accepted, by Pillow's names; HEIC is known only to be refused with advice."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    GIF = "GIF"
    HEIC = "HEIC"


_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})


def sound(data: bytes) -> str | None:
    """The media type of a recording as phones make them, by its first bytes, or None."""
    if data.startswith(b"\x1aE\xdf\xa3"):
        return "audio/webm"
    if data.startswith(b"OggS"):
        return "audio/ogg"
    return "audio/mp4" if data[4:8] == b"ftyp" and data[8:12] not in _HEIC_BRANDS else None


def sort(data: bytes) -> Sort | None:
    """The picture format by its first bytes, or None when it is no picture that we know."""
    if data.startswith(b"\xff\xd8\xff"):
        return Sort.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Sort.PNG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return Sort.GIF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Sort.WEBP
    return Sort.HEIC if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS else None
