"""After a restore nothing leaves until somebody has looked: what is due may have been sent in the hours that were lost."""

from django.db import transaction

from anju.core import clock
from anju.notify.choices import Reason, State
from anju.notify.models import Delivery, Hold


def begin() -> None:
    """Hold every message from now on; the office goes on working, and its messages queue up."""
    if not is_held():
        Hold.objects.create(since=clock.now())


def is_held() -> bool:
    """Whether messages are held."""
    return Hold.objects.exists()


@transaction.atomic
def end(*, send: bool) -> int:
    """Let messages go again. What was due by now is sent, or else cancelled: perhaps it was sent before. How many."""
    now = clock.now()
    due = Delivery.objects.filter(due_at__lte=now)
    waiting = due.filter(state__in=(State.QUEUED, State.SENDING))
    if send:
        count = waiting.count()
    else:
        due.exclude(state__in=(State.QUEUED, State.SENDING)).update(check_at=None, due_at=None, locked_by="")
        count = waiting.update(
            state=State.CANCELLED, reason=Reason.RESTORED, send_at=None, check_at=None, due_at=None, locked_by=""
        )
    Hold.objects.all().delete()
    return count
