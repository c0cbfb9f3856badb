"""Pictures as people, cameras and attackers send them, made here."""

import io
import struct
import zlib

from PIL import ExifTags, Image, ImageDraw, PngImagePlugin

SECRET = b"SECRET-OF-THE-SENDER"
GPS = {1: "N", 2: (30.0, 16.0, 24.5), 3: "E", 4: (120.0, 9.0, 18.25)}


def picture(mode="RGB", size=(300, 200)):
    """A picture whose top left corner is dark and whose other corners are light."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="black")
    return image.convert(mode)


def saved(image, form="JPEG", **options):
    """The bytes of a picture."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def jpeg(size=(300, 200)):
    """A plain photo."""
    return saved(picture(size=size))


def phone_photo(orientation=6, taken="2026:02:27 14:05:09", size=(300, 200), offset=None):
    """What a phone sends: turned, with place, time, device and comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = SECRET.decode()
    exif[ExifTags.IFD.GPSInfo] = GPS
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = offset
    xmp = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    return saved(picture(size=size), exif=exif, comment=SECRET, xmp=xmp, icc_profile=SECRET * 10)


def talkative_png(mode="RGBA"):
    """A PNG with transparency, a text chunk and EXIF."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    exif = Image.Exif()
    exif[ExifTags.IFD.GPSInfo] = GPS
    exif[ExifTags.Base.Make] = SECRET.decode()
    image = picture(mode)
    if mode == "RGBA":
        image.putpixel((299, 199), (255, 0, 0, 0))
    return saved(image, "PNG", pnginfo=notes, exif=exif, icc_profile=SECRET * 10)


def deep_png():
    """16 bits of grey per pixel."""
    image = Image.new("I;16", (300, 200), 65535)
    image.paste(0, (0, 0, 75, 50))
    return saved(image, "PNG")


def animated_gif():
    """Three frames; the first is the picture."""
    frames = [picture("P"), Image.new("P", (300, 200)), Image.new("P", (300, 200))]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=SECRET)


def png_of_size(width, height):
    """A PNG whose header promises a size; its pixels are missing."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def opened(data):
    """A picture, decoded to its last pixel."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def corner(data, position=(5, 5)):
    """How light a kept picture is there, 0 to 255."""
    return opened(data).convert("L").getpixel(position)
