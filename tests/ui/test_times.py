"""How time is spelled, here and in clock.js."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from anju.core.clock import SHANGHAI
from anju.ui import times

NOW = datetime(2026, 3, 2, 11, 6, 20, tzinfo=SHANGHAI)
CLOCK_JS = Path(times.__file__).parent / "static" / "anju" / "js" / "clock.js"


@pytest.mark.parametrize(
    ("seconds", "spelled"),
    [
        (0, "剩 00:00"),
        (220, "剩 03:40"),
        (3599, "剩 59:59"),
        (3600, "剩 1时00分"),
        (5 * 3600 + 33 * 60 + 59, "剩 5时33分"),
        (86399, "剩 23时59分"),
        (86400, "剩 1天0时"),
        (2 * 86400 + 23 * 3600, "剩 2天23时"),
        (-1, "超 00:01"),
        (-2780, "超 46:20"),
    ],
)
def test_a_countdown(seconds, spelled):
    assert times.left(NOW + timedelta(seconds=seconds), NOW) == spelled


@pytest.mark.parametrize(
    ("minutes", "spelled"), [(0.9, "不到1分"), (8, "8分"), (20.9, "20分"), (80, "1时20分"), (51 * 60, "2天3时")]
)
def test_what_something_took(minutes, spelled):
    assert times.took(timedelta(minutes=minutes)) == spelled


@pytest.mark.parametrize(
    ("at", "spelled"),
    [
        (datetime(2026, 3, 2, 9, 41, tzinfo=SHANGHAI), "09:41"),
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), "00:00"),
        (datetime(2026, 3, 1, 15, 59, tzinfo=UTC), "昨 23:59"),
        (datetime(2026, 3, 3, 11, 4, tzinfo=SHANGHAI), "明 11:04"),
        (datetime(2026, 2, 28, 9, 0, tzinfo=SHANGHAI), "2月28日 09:00"),
        (datetime(2025, 12, 31, 9, 5, tzinfo=SHANGHAI), "2025年12月31日 09:05"),
    ],
)
def test_a_moment_is_read_in_shanghai(at, spelled):
    assert times.hm(at, NOW) == spelled


def test_a_narrow_moment():
    assert times.brief(NOW - timedelta(days=1), NOW) == "昨 11:06"
    assert times.brief(NOW - timedelta(days=2), NOW) == "2月28日"


def test_a_day():
    assert times.day(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == "3月2日 星期一"


def test_in_english():
    with translation.override("en"):
        assert times.left(NOW + timedelta(hours=5, minutes=3), NOW) == "5 h 03 min left"
        assert times.left(NOW - timedelta(days=1, hours=2), NOW) == times.spell(26 * 3600) + " over"
        assert times.hm(NOW - timedelta(days=1), NOW) == "yesterday 11:06"
        assert times.hm(NOW - timedelta(days=5), NOW) == "25 Feb 11:06"
        assert times.day(NOW) == "Monday 2 Mar"


@given(st.integers(-(10**7), 10**7))
def test_a_deadline_is_kept_in_its_own_second_and_broken_in_the_next(seconds):
    assert times.left(NOW + timedelta(seconds=seconds), NOW).startswith("超" if seconds < 0 else "剩")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_browser_spells_the_same(language):
    node = shutil.which("node")
    assert node is not None
    moments = [*range(-130, 130), *range(-90_100, 90_100, 977), *range(-(10**6), 10**6, 88_887)]
    with translation.override(language):
        ours = [times.left(NOW + timedelta(seconds=each), NOW) for each in moments]
        words = times.clock_words()
    script = (
        f"import({json.dumps(CLOCK_JS.as_uri())}).then(({{ speller }}) => "
        f"console.log(JSON.stringify({json.dumps(moments)}.map(speller({json.dumps(words)}).due))))"
    )
    told = subprocess.run([node, "--no-warnings", "-e", script], capture_output=True, text=True, check=True).stdout
    assert json.loads(told) == ours
