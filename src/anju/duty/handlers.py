"""Timers of turns, call-outs and lines."""

from collections.abc import Sequence

from anju.duty.actions import attending, calling, lines, watching
from anju.timers.models import Timer
from anju.timers.registry import handler


@handler(watching.WATCH)
def look(timers: Sequence[Timer]) -> None:
    """Somebody should have come, or gone."""
    for timer in timers:
        attending.look(timer.subject_id)


@handler(calling.TIMER)
def go_on(timers: Sequence[Timer]) -> None:
    """Nobody pressed a key; the second call; a promise not kept."""
    for timer in timers:
        calling.go_on(timer.subject_id)


@handler(lines.TEST)
def test_lines(timers: Sequence[Timer]) -> None:
    """Every evening at 21:45."""
    lines.ring()


@handler(lines.HEARD)
def lines_answered(timers: Sequence[Timer]) -> None:
    """Three minutes later."""
    for timer in timers:
        lines.listen(timer.subject_id)
