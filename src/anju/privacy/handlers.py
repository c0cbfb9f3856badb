"""Timers of this room -> one own action each."""

from collections.abc import Sequence

from anju.privacy.actions import agreeing, revealing
from anju.timers.models import Timer
from anju.timers.registry import handler


@handler(revealing.CLOSE)
def close(due: Sequence[Timer]) -> None:
    """Fifteen minutes of a reveal are over."""
    revealing.close([timer.subject_id for timer in due])


@handler(agreeing.REMIND)
def agreement_due(due: Sequence[Timer]) -> None:
    """T904 a month before."""
    agreeing.remind([timer.subject_id for timer in due])


@handler(agreeing.ENDED)
def agreement_ended(due: Sequence[Timer]) -> None:
    """Masks only since midnight."""
    agreeing.ended([timer.subject_id for timer in due])
