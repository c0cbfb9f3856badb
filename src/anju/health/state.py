"""The findings as the doors ask for them: at most once in a few seconds, however often a monitor knocks."""

from collections.abc import Mapping

from django.utils.translation import get_language

from anju.core import clock
from anju.health import checks
from anju.health.finding import BAD, Finding

FRESH_S = 5.0
_last: dict[str, tuple[float, Mapping[str, Finding]]] = {}
"""By language, for a finding is already in words."""


def findings() -> Mapping[str, Finding]:
    """Every check by its English name, not older than five seconds."""
    now, language = clock.stopwatch(), get_language() or ""
    if language not in _last or now - _last[language][0] > FRESH_S:
        found = {check.__name__: one for check, one in zip(checks.CHECKS, checks.everything(), strict=True)}
        _last[language] = (now, found)
    return _last[language][1]


def wrong() -> list[str]:
    """The names of the checks that are red."""
    return [name for name, one in findings().items() if one.state == BAD]


def forget() -> None:
    """Look again at once."""
    _last.clear()
