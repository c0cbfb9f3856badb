"""One attempt: made ready, handed over outside any transaction, its result stored while the lease holds."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from anju import channels
from anju.core import clock, crash
from anju.notify import progress, staleness, store, trouble
from anju.notify.choices import TROUBLED, Reason, State
from anju.notify.models import Delivery
from anju.vault.errors import VaultError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: a receipt; or a reason to try again; or, with `final`, a reason never to."""

    receipt: channels.Receipt | None = None
    reason: Reason = Reason.ERROR
    detail: str = ""
    final: State | None = None


Result = tuple[Delivery, Outcome]


def prepare(row: Delivery) -> channels.Message | Outcome:
    """The message of a leased row, or why it must not leave: it no longer holds, or cannot be opened."""
    if progress.late(row, clock.now()) and not staleness.holds(row):
        return Outcome(reason=Reason.STALE, final=State.CANCELLED)
    try:
        return channels.Message(
            key=row.key,
            to=row.address,
            body=row.body,
            template=row.template,
            vars=row.values,
            sign=row.sign,
            recipient=row.recipient,
            community_id=row.community_id,
        )
    except VaultError as error:
        return Outcome(reason=Reason.UNREADABLE, detail=type(error).__name__, final=State.DEAD)


def attempt(letter: str, message: channels.Message) -> Outcome:
    """Hand a message over; whatever goes wrong is an outcome, and what is not surely refused is unknown."""
    crash.point("before-send")
    try:
        outcome = Outcome(channels.hand_over(letter, message))
    except channels.Failed as error:
        outcome = Outcome(reason=Reason.ERROR, detail=str(error))
    except channels.Unknown as error:
        outcome = Outcome(reason=Reason.UNKNOWN, detail=str(error))
    except channels.Unserved:
        outcome = Outcome(reason=Reason.NO_CHANNEL, final=State.FAILED)
    except Exception as error:
        logger.exception("the connector of %s broke on delivery %s", letter, message.key)
        outcome = Outcome(reason=Reason.UNKNOWN, detail=type(error).__name__)
    crash.point("after-send")
    return outcome


def record(results: Sequence[Result]) -> int:
    """Store the results of rows whose lease still holds, in one transaction; gives their number.

    A row that another worker took over meanwhile keeps what that one says; what a callback already told stays.
    """
    now = clock.now()
    with transaction.atomic():
        wanted = {row.pk: (row.locked_by, outcome) for row, outcome in results}
        fresh = Delivery.objects.select_for_update().filter(pk__in=wanted).order_by("id")
        held = [row for row in fresh if row.locked_by == wanted[row.pk][0]]
        for row in held:
            _move(row, wanted[row.pk][1])
            row.settle()
        store.update(held, progress.FIELDS)
        trouble.tell(row for row in held if row.state in TROUBLED)
        crash.point("before-commit")
        transaction.on_commit(partial(crash.point, "after-commit"))
    if len(held) < len(results):
        logger.info("%d results came after their lease; at %s", len(results) - len(held), now)
    return len(held)


def _move(row: Delivery, outcome: Outcome) -> None:
    now = clock.now()
    if outcome.receipt:
        progress.reached(row, outcome.receipt.state, now, outcome.receipt.provider_id)
        progress.give_time(row)
    elif outcome.final:
        progress.end(row, outcome.final, outcome.reason, outcome.detail)
    else:
        progress.failed(row, outcome.reason, outcome.detail, now)
