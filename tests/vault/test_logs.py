"""The log: what is somebody's, what opens something and what forges a line does not get in."""

import logging
import sys

import pytest

from anju.vault.logs import Masked

SAYS = Masked("%(levelname)s %(name)s %(message)s")


def written(message, *args, exc_info=None):
    return SAYS.format(logging.LogRecord("x", logging.WARNING, __file__, 1, message, args, exc_info))


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/desk/tickets/260302-0001/", "/desk/tickets/260302-0001/"),
        ("/t/k3J9vXw2QpL8mZ4nR7sT1u/", "/t/…/"),
        ("/desk/tickets/\\u6b27\\u9633/", "/desk/tickets/…/"),
        ("/desk/tickets/欧阳明/", "/desk/tickets/…/"),
        ("/desk/18677776661/", "/desk/186****6661/"),
        ("/files/%E6%AC%A7.jpg", "/files/…"),
    ],
)
def test_of_an_address_our_own_words_stay(path, kept):
    assert written("Not Found: %s", path) == f"WARNING x Not Found: {kept}"


def test_personal_data_is_masked_in_tracebacks_too():
    try:
        raise ValueError("no room for 18677776661 of 京A9K7X1")
    except ValueError:
        text = written("it broke for 11010119900307803X", exc_info=sys.exc_info())
    assert "186****6661" in text
    assert "test_logs.py" in text
    assert not any(secret in text for secret in ("18677776661", "京A9K7X1", "11010119900307803X"))


def test_a_forged_line_stays_in_its_line():
    text = written("login %s", "x\n2026-03-02 INFO all is well\r\x1b[2J\u2028y")
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text
