"""What the simulators of the lab and the demo keep."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from anju.channels.models import SimMessage
from anju.core.personal import OFFICE, Declaration, Item, declare

KEPT = timedelta(days=30)


def erase(person_id: int) -> None:
    """What a simulated provider was given for him."""
    SimMessage.objects.filter(recipient=f"person:{person_id}").delete()


def purge(now: datetime) -> Mapping[str, int]:
    """Simulated messages after thirty days, but for those whose callback is still owed."""
    old = SimMessage.objects.filter(at__lt=now - KEPT, due_at=None)
    return {"simulated_messages": old.delete()[0]}


declare(
    Declaration(
        "channels",
        (Item("模拟短信", ("channels.SimMessage.to", "channels.SimMessage.body"), "演示和演练", OFFICE, "30天"),),
        erase=erase,
        purge=purge,
    )
)
