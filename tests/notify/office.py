"""The office of these tests, two people, and the loop that the lab runs."""

from datetime import datetime

from anju.channels import simulator
from anju.core import clock as core_clock
from anju.notify import run
from anju.notify.actions import Office, Recipient, tell
from anju.notify.models import Delivery

OFFICE = Office(community_id=7, sign="阳光物业", hotline="400-666-8888")
ZHANG = Recipient("person", 12, "13800005678", wechat=True)
CHEN = Recipient("person", 13, "13911112222")
"""Has no WeChat account."""
WORKER = Recipient("staff", 21, "13700003333", wechat=True)
TICKET = ("ticket", 260302)
T101 = {"item": "厨房水龙头滴漏", "no": "260302-0001"}
T104 = {"no": "260302-0001", "reason": "等待配件到货", "eta": "03月02日18:00"}
T201 = {"no": "260302-0001", "item": "家中漏水", "place": "3栋1单元", "prio": "P0", "eta": "09:03"}


def at(text: str) -> datetime:
    """ "09:01:01" on the day the tests begin, or a whole ISO time, in Shanghai."""
    return core_clock.parse(text if "T" in text else f"2026-03-02T{text}")


def told(template: str = "T101", to: Recipient = ZHANG, values: object = None, **more: object) -> list[Delivery]:
    """Tell somebody about the ticket."""
    known = {"T101": T101, "T104": T104, "T201": T201}
    return tell(template, to=to, vars=values or known[template], **{"about": TICKET, "office": OFFICE} | more)


def play(clock: core_clock.VirtualClock, until: str) -> None:
    """Run everything that is due up to a time, each thing at its own instant."""
    end = at(until)
    while (moment := run.next_due()) and moment <= end:
        clock.set(max(moment, clock.now()))
        while run.due(clock.now()):
            pass
    clock.set(end)


def heard() -> list[tuple[str, str, str]]:
    """(template, letter, Shanghai time) of each message a provider took, in order."""
    return [(m.template, m.channel, f"{core_clock.local(m.at):%H:%M:%S}") for m in simulator.messages()]


def rows() -> list[tuple[str, str, str]]:
    """(channel, state, reason) of each delivery, in the order they were written."""
    return list(Delivery.objects.order_by("id").values_list("channel", "state", "reason"))
