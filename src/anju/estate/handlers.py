"""Timers of this room -> one own action each."""

from collections.abc import Sequence

from anju.estate.importing import drafts
from anju.timers.models import Timer
from anju.timers.registry import handler


@handler(drafts.EXPIRE)
def import_expires(due: Sequence[Timer]) -> None:
    """An uploaded roster is a day old."""
    drafts.forget([timer.subject_id for timer in due])
