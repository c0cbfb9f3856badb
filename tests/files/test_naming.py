"""File names as people and attackers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.files.naming import LONGEST, safe


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("厨房漏水.jpg", "厨房漏水.jpg"),
        ("x.jpg.exe", "x.jpg.jpg"),
        ("x.jpg\u200b.html", "x.jpg.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\boot.ini", "boot.jpg"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie_ b.jpg"),
        ('"; rm -rf .jpg', "rm -rf.jpg"),
        ("CON", "photo.jpg"),
        ("con.txt.png", "photo.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("", "photo.jpg"),
        ("   ", "photo.jpg"),
        ("...", "photo.jpg"),
        ("x" * 300, "x" * LONGEST + ".jpg"),
        ("a\x00b.png", "ab.jpg"),
    ],
)
def test_names(name, kept):
    assert safe(name, "image/jpeg") == kept


def test_the_ending_tells_the_content():
    assert safe("x.jpg", "image/png") == "x.png"


@given(st.text())
def test_any_name_becomes_one_that_fits(name):
    kept = safe(name, "image/jpeg")
    assert kept.endswith(".jpg")
    assert 4 < len(kept) <= LONGEST + 4
    assert not set(kept) & set('/\\"<>|*?:;%\r\n\x00')
    assert not kept.startswith(".")
