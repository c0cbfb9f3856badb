"""Timers of this room -> one own action each."""

from collections.abc import Sequence

from anju.privacy.actions import agreeing, exporting, leaking, requesting, revealing, rounds
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


@handler(exporting.EXPIRE)
def export_expires(due: Sequence[Timer]) -> None:
    """The file of an export is deleted after seven days."""
    exporting.expire([timer.subject_id for timer in due])


@handler(requesting.DUE)
def request_due(due: Sequence[Timer]) -> None:
    """Fifteen days without an answer."""
    requesting.overdue([timer.subject_id for timer in due])


@handler(leaking.KNOWN)
def leak_known(due: Sequence[Timer]) -> None:
    """An hour after a breach was found."""
    leaking.not_known([timer.subject_id for timer in due])


@handler(leaking.DECIDED)
def leak_decided(due: Sequence[Timer]) -> None:
    """A day after a breach was found."""
    leaking.not_decided([timer.subject_id for timer in due])


@handler(leaking.AUTHORITY)
def leak_authority(due: Sequence[Timer]) -> None:
    """Four hours after a larger breach was found."""
    leaking.authority_not_told([timer.subject_id for timer in due])


@handler(rounds.NIGHT)
def night(due: Sequence[Timer]) -> None:
    """Every night at 03:00."""
    rounds.purge(due[-1].due_at)


@handler(rounds.WEEK)
def week(due: Sequence[Timer]) -> None:
    """Every Monday at 08:00."""
    rounds.check(due[-1].due_at)
