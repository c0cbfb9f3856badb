"""What happens when: a fortnight of ordinary days, and the afternoon that a visitor of the demo finds."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from anju.core import clock
from anju.core.chance import Dice
from anju.lab.demo.office import Office
from anju.lab.demo.plot import Plot
from anju.lab.demo.register import Resident
from anju.lab.demo.stories import Story, stories, story

DAYS = 14
A_DAY = (14, 20)
CHANNELS = ("miniprogram",) * 9 + ("phone",) * 5 + ("qr",) * 4 + ("counter",) * 2 + ("staff",)
HOURS = (7, 8, 8, 9, 9, 9, 10, 10, 11, 12, 13, 14, 14, 15, 16, 17, 18, 18, 19, 19, 20, 20, 21, 22, 23, 2)
TRICKS = (
    ("cancel", 0.03),
    ("duplicate", 0.015),
    ("decline", 0.06),
    ("urge", 0.06),
    ("return", 0.02),
    ("late", 0.04),
    ("suspend", 0.03),
    ("parts_suspend", 0.04),
    ("reject", 0.04),
    ("silent", 0.25),
    ("angry", 0.03),
    ("reopen", 0.03),
)
PAID = 0.3
BEFORE_NOW = timedelta(minutes=4)

PRESENT = (
    # minutes ago, leaf, where, who, channel, stop, tricks
    (26 * 60 + 20, "ST02", "room", "孙立", "phone", "TAKEN", ()),
    (25 * 60 + 5, "IN08", "room", "陈静", "miniprogram", "IN_PROGRESS", ("urge",)),
    (29 * 60, "IN07", "room", "李建国", "miniprogram", "", ("parts_suspend",)),
    (9 * 60 + 30, "PE04", "CHG-1", "", "qr", "IN_PROGRESS", ()),
    (6 * 60, "IN09", "room", "欧阳明", "miniprogram", "PENDING_ACCEPTANCE", ()),
    (5 * 60 + 10, "CL04", "ROAD", "", "qr", "PENDING_ACCEPTANCE", ()),
    (170, "IN05", "room", "王秀英", "phone", "DISPATCHED", ()),
    (150, "SV02", "room", "欧阳明", "phone", "ACCEPTED", ()),
    (146, "EL04", "EL-0502-1", "孙立", "miniprogram", "TAKEN", ()),
    (112, "AC01", "DOOR-0301", "", "qr", "TAKEN", ()),
    (101, "CL03", "B2-1", "", "qr", "TAKEN", ()),
    (97, "IN02", "room", "张伟", "miniprogram", "IN_PROGRESS", ()),
    (64, "AC02", "BAR-N", "", "qr", "IN_PROGRESS", ()),
    (58, "AC02", "BAR-N", "", "qr", "", ()),
    (51, "AC02", "BAR-N", "", "qr", "", ()),
    (44, "AC02", "BAR-N", "王秀英", "miniprogram", "", ()),
    (41, "IN04", "room", "张伟", "miniprogram", "TAKEN", ()),
    (33, "ZZ99", "room", "", "miniprogram", "NEW", ()),
    (24, "PW03", "B1-2", "", "qr", "DISPATCHED", ()),
    (17, "FE01", "room", "李建国", "miniprogram", "NEW", ()),
    (13, "OR06", "G-B1", "", "phone", "TAKEN", ()),
    (12, "ZZ99", "B7-1", "", "qr", "NEW", ()),
    (9, "EL01", "EL-0301-1", "", "qr", "TAKEN", ()),
    (7, "IQ04", "room", "陈静", "counter", "NEW", ()),
    (6, "PR01", "room", "王秀英", "miniprogram", "NEW", ()),
    (3, "IN04", "room", "", "miniprogram", "DISPATCHED", ()),
    (2, "PE02", "B5-1-L", "", "qr", "NEW", ()),
)
"""What lies on the desk at the end: red, yellow, green and grey in every column."""


def plots(office: Office) -> Iterator[Plot]:
    """Everything that will be reported, in no order."""
    first = clock.local(office.now).date() - timedelta(days=DAYS)
    for number in range(DAYS + 1):
        for _ in range(office.dice.randint(*A_DAY)):
            at = clock.on(first + timedelta(days=number), _hour(office.dice))
            if clock.now() < at < office.now - BEFORE_NOW:
                yield _ordinary(office, at)
    for ago, leaf, where, name, channel, stop, tricks in PRESENT:
        at = office.now - timedelta(minutes=ago)
        yield Plot(story(leaf), _person(office, name), channel, at, stop, set(tricks), where=where)


def _hour(dice: Dice) -> time:
    return time(dice.choice(HOURS), dice.randrange(60), dice.randrange(60))


def _person(office: Office, name: str) -> Resident:
    named = [one for one in office.residents if name and one.person.name == name]
    return named[0] if named else office.dice.choice(office.residents)


def _ordinary(office: Office, at: datetime) -> Plot:
    dice = office.dice
    chosen = _weighted(dice, at)
    channel = dice.choice(CHANNELS)
    if chosen.where == "room" and channel in ("qr", "staff"):
        channel = "miniprogram"
    tricks = {name for name, chance in TRICKS if dice.random() < chance}
    if chosen.kind.paid and dice.random() < PAID:
        tricks.add("quote")
    slow = dice.choice((0.7, 1, 1, 1, 1.3, 3))
    return Plot(chosen, dice.choice(office.residents), channel, at, tricks=tricks, slow=slow)


def _weighted(dice: Dice, at: datetime) -> Story:
    """A story that suits the hour: nobody asks for an invoice at two in the morning."""
    night = not 7 <= clock.local(at).hour <= 22
    able = [one for one in stories() if not night or one.kind.prio in ("P0", "P1")]
    return dice.choices(able, weights=[one.weight for one in able])[0]
