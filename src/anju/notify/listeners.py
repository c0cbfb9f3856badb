"""What follows from messages that do not arrive."""

from datetime import timedelta

from anju.core import clock
from anju.estate import actions as estate
from anju.notify.models import Delivery
from anju.notify.queries import failed_days
from anju.notify.trouble import on_trouble

DAYS = 3
WITHIN = timedelta(days=30)


@on_trouble
def nobody_there(delivery: Delivery) -> None:
    """SMS to a resident failed on three different days: the number no longer reaches him (N9)."""
    if delivery.to_kind != "person" or delivery.channel != "S":
        return
    if failed_days("person", delivery.to_id, clock.now() - WITHIN) >= DAYS:
        estate.mark_unreachable(delivery.to_id, delivery.phone or delivery.address)
