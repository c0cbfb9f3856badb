"""What is made of a picture that somebody sends, and what is refused."""

from datetime import UTC, datetime

import pytest
from PIL import Image

from anju.core.errors import Refused
from anju.files import pictures
from tests.files import made

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
BOMB = made.png_of_size(30_000, 30_000)


def refusal(data):
    with pytest.raises(Refused) as refused:
        pictures.tidy(data)
    assert any("\u4e00" <= char <= "\u9fff" for char in str(refused.value.message))
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "mime", "mode"),
    [
        pytest.param(made.jpeg(), "image/jpeg", "RGB", id="jpeg"),
        pytest.param(made.saved(made.picture("L")), "image/jpeg", "L", id="grey jpeg"),
        pytest.param(made.saved(made.picture("CMYK")), "image/jpeg", "RGB", id="cmyk jpeg"),
        pytest.param(made.saved(made.picture(), progressive=True), "image/jpeg", "RGB", id="progressive jpeg"),
        pytest.param(made.saved(made.picture(), "MPO"), "image/jpeg", "RGB", id="two pictures in one jpeg"),
        pytest.param(made.talkative_png("RGB"), "image/png", "RGB", id="png"),
        pytest.param(made.talkative_png(), "image/png", "RGBA", id="png with alpha"),
        pytest.param(made.saved(made.picture("LA"), "PNG"), "image/png", "RGB", id="grey png with an alpha of 255"),
        pytest.param(made.saved(made.picture("P"), "PNG"), "image/png", "RGB", id="png with palette"),
        pytest.param(
            made.saved(made.picture("P"), "PNG", transparency=made.picture("P").getpixel((299, 199))),
            "image/png",
            "RGBA",
            id="palette with alpha",
        ),
        pytest.param(made.saved(made.picture("1"), "PNG"), "image/png", "RGB", id="png of one bit"),
        pytest.param(made.deep_png(), "image/png", "L", id="png of 16 bits"),
        pytest.param(made.saved(made.picture(), "WEBP"), "image/png", "RGB", id="webp"),
        pytest.param(made.animated_gif(), "image/png", "RGB", id="animated gif"),
    ],
)
def test_accepted(data, mime, mode):
    kept = pictures.tidy(data)
    image = made.opened(kept.data)
    assert (kept.mime, image.mode) == (mime, mode)
    assert (kept.width, kept.height) == image.size == (300, 200)
    assert getattr(image, "n_frames", 1) == 1
    assert made.corner(kept.data) < 40
    assert made.corner(kept.data, (150, 190)) > 215


@pytest.mark.parametrize(
    ("orientation", "dark"),
    [(1, (5, 5)), (2, (-5, 5)), (3, (-5, -5)), (4, (5, -5)), (5, (5, 5)), (6, (-5, 5)), (7, (-5, -5)), (8, (5, -5))],
)
def test_a_turned_photo_is_set_upright(orientation, dark):
    kept = pictures.tidy(made.phone_photo(orientation))
    assert (kept.width, kept.height) == ((300, 200) if orientation < 5 else (200, 300))
    corners = {(x, y): made.corner(kept.data, (x % kept.width, y % kept.height)) for x in (5, -5) for y in (5, -5)}
    assert [place for place, light in corners.items() if light < 40] == [dark]


@pytest.mark.parametrize(
    "data", [made.phone_photo(), made.talkative_png(), made.animated_gif()], ids=["jpg", "png", "gif"]
)
def test_nothing_about_the_sender_is_left(data):
    assert made.SECRET in data
    kept = pictures.tidy(data).data
    image = made.opened(kept)
    assert made.SECRET[:8] not in kept
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("taken", "offset", "at"),
    [
        ("2026:02:27 14:05:09", None, datetime(2026, 2, 27, 6, 5, 9, tzinfo=UTC)),
        ("2026:02:27 14:05:09", "+09:00", datetime(2026, 2, 27, 5, 5, 9, tzinfo=UTC)),
        ("2026:03:05 14:05:09", None, None),
        ("1970:01:01 00:00:00", None, None),
        ("0000:00:00 00:00:00", None, None),
        ("yesterday", None, None),
    ],
)
def test_when_it_was_taken(taken, offset, at):
    assert pictures.tidy(made.phone_photo(taken=taken, offset=offset)).taken_at == at


def test_a_large_photo_is_shrunk():
    kept = pictures.tidy(made.jpeg((5000, 2500)))
    assert (kept.width, kept.height) == (2000, 1000)
    glass = made.picture("RGBA", (2050, 4100))
    glass.putalpha(128)
    kept = pictures.tidy(made.saved(glass, "PNG", compress_level=1))
    assert (kept.width, kept.height) == (1000, 2000)
    assert made.corner(kept.data) == 0
    assert made.corner(kept.data, (990, 1990)) == 255


def test_a_photo_in_a_png_is_kept_as_jpeg():
    noise = Image.merge("RGB", [Image.effect_noise((400, 400), 80) for _ in range(3)])
    kept = pictures.tidy(made.saved(noise, "PNG", compress_level=1))
    assert kept.mime == "image/jpeg"


def test_a_transparency_that_hides_nothing_is_dropped():
    kept = pictures.tidy(made.saved(made.picture("RGBA"), "PNG"))
    assert (kept.mime, made.opened(kept.data).mode) == ("image/png", "RGB")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "PHOTO_BROKEN", id="0 bytes"),
        pytest.param(SVG, "MEDIA_TYPE", id="svg"),
        pytest.param(HTML, "MEDIA_TYPE", id="html called .jpg"),
        pytest.param(HEIC, "MEDIA_TYPE", id="heic"),
        pytest.param(b"%PDF-1.7\n", "MEDIA_TYPE", id="pdf"),
        pytest.param(b"MZ" + bytes(50), "MEDIA_TYPE", id="program"),
        pytest.param(b"BM" + bytes(50), "MEDIA_TYPE", id="bitmap"),
        pytest.param(made.saved(made.picture(), "TIFF"), "MEDIA_TYPE", id="tiff"),
        pytest.param(b"#!AMR\n" + bytes(50), "MEDIA_TYPE", id="voice"),
        pytest.param(made.jpeg()[:-400], "PHOTO_BROKEN", id="truncated jpeg"),
        pytest.param(made.jpeg()[:300], "PHOTO_BROKEN", id="only the head of a jpeg"),
        pytest.param(b"\xff\xd8\xff", "PHOTO_BROKEN", id="three bytes of a jpeg"),
        pytest.param(made.talkative_png()[:200], "PHOTO_BROKEN", id="truncated png"),
        pytest.param(b"GIF89a" + HTML, "PHOTO_BROKEN", id="gif that is a script"),
        pytest.param(b"RIFF\x00\x00\x00\x00WEBP" + HTML, "PHOTO_BROKEN", id="webp that is a script"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"\xff\xda" * 200, "PHOTO_BROKEN", id="a jpeg of 200 scans"),
        pytest.param(made.png_of_size(0, 10), "PHOTO_BROKEN", id="png without width"),
        pytest.param(made.png_of_size(300, 200), "PHOTO_BROKEN", id="png without pixels"),
        pytest.param(BOMB, "PHOTO_TOO_LARGE", id="30000 x 30000"),
        pytest.param(made.png_of_size(8001, 5000), "PHOTO_TOO_LARGE", id="40.005 megapixels"),
        pytest.param(made.jpeg() + bytes(pictures.MAX_BYTES), "PHOTO_TOO_LARGE", id="over 10 MB"),
    ],
)
def test_refused(data, code):
    assert refusal(data) == code


def test_the_limits_themselves_are_allowed():
    data = made.jpeg()
    assert pictures.tidy(data + bytes(pictures.MAX_BYTES - len(data))).width == 300
    assert pictures.tidy(made.saved(Image.new("L", (8000, 5000), 255), "PNG", compress_level=1)).width == 2000


def test_webp_has_a_lower_limit():
    assert refusal(made.saved(Image.new("RGB", (3001, 5000)), "WEBP", quality=1, method=0)) == "PHOTO_TOO_LARGE"


def test_what_hides_behind_a_photo_is_gone():
    for data in (made.jpeg() + HTML + b"PK\x03\x04", made.animated_gif() + b"<?php system($_GET[0]);"):
        kept = pictures.tidy(data).data
        assert b"script" not in kept
        assert b"PK\x03\x04" not in kept
        assert b"<?php" not in kept


def test_a_smaller_copy():
    data = pictures.tidy(made.jpeg((1600, 800))).data
    small = made.opened(pictures.shrink(data, 320))
    assert (small.size, small.format) == ((320, 160), "JPEG")
    assert made.opened(pictures.shrink(pictures.tidy(made.talkative_png()).data, 150)).format == "PNG"
