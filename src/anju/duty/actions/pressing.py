"""A key pressed in an emergency call (T207), as the telephone platform tells it."""

from anju.accounts.models import Staff
from anju.channels import Callback
from anju.core.scope import SYSTEM
from anju.duty.actions.replying import answer
from anju.duty.queries.calling import open_for
from anju.notify import queries as notify

CALL = "T207"


def heard(callback: Callback) -> None:
    """1: coming in so many minutes; 2: cannot; everything else is nothing to us. Raises Refused as `answer` does: the
    platform then asks again."""
    if not callback.pressed:
        return
    call = notify.delivery(callback.letter, callback.provider_id, callback.key)
    if call is None or call.template != CALL or call.to_kind != "staff":
        return
    run, staff = open_for((call.about_type, call.about_id)), Staff.objects.filter(id=call.to_id).first()
    if run is not None and staff is not None:
        answer(run, staff=staff, key=callback.pressed, minutes=callback.minutes, by=SYSTEM)
