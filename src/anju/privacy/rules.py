"""Pure decisions: quotas, the signature of a log line, and what looks odd in the log (R16.1–R16.4)."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise

SHOWN_S = 60
VALID = timedelta(minutes=15)
QUOTA, QUOTA_MORE = 20, 50
MANY, MANY_WITHIN = 30, timedelta(hours=1)
TRIES = 5
SEQUENCE = 5
"""So many rooms one after the other are no coincidence."""
SAMPLE_SHARE = 0.05
LINK_LIFE = timedelta(days=7)
ANSWER_WITHIN = timedelta(days=15)
LEAK_KNOWN, LEAK_DECIDED = timedelta(hours=1), timedelta(hours=24)
LEAK_AUTHORITY = timedelta(hours=4)
"""国家网络安全事件报告管理办法 art. 4: incidents graded larger and above."""
LOG_YEARS = 3

_LAST_NUMBER = re.compile(r"(\d+)\D*$")


def quota_key(roles: Iterable[str]) -> str:
    """The Appendix G key of the day's quota: an agent's 20, the 50 of whoever holds another role (R16.2)."""
    return "privacy.quota" if set(roles) <= {"CS", "OUT", "WK"} else "privacy.quota_more"


def statement(values: Sequence[object]) -> bytes:
    """What a log line signs, written in exactly one way."""
    return json.dumps([str(value) for value in values], ensure_ascii=False).encode()


def in_sequence(codes: Sequence[str]) -> bool:
    """Whether the rooms, in the order they were looked at, are a walk: of one stairway, each one step from the last.

    A step is the same small number every time, or the same number of floors: 1203, 1204, 1205 … or 0803, 0903, 1003 …
    """
    if len(codes) < SEQUENCE:
        return False
    stairs = {code.rpartition("-")[0] for code in codes}
    numbers = [int(found[1]) for code in codes if (found := _LAST_NUMBER.search(code))]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(stairs) == 1 and len(numbers) == len(codes) and steps in ({1}, {-1}, {100}, {-100}, {2}, {-2})


def drawn(count: int) -> int:
    """How many of the week's lines are checked: 5 %, at least one when there is one."""
    return min(count, max(1, round(count * SAMPLE_SHARE))) if count else 0
