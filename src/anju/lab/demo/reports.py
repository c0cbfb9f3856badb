"""Reports of the fortnight: who says what, where, through which channel."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from anju.core import clock
from anju.core.scope import Scope, guest
from anju.files.models import File
from anju.lab.demo import wording
from anju.lab.demo.register import Resident
from anju.lab.demo.stage import Stage, guest_key
from anju.lab.demo.wording import Said
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket

Told = Callable[[Ticket, Said, Scope], None]
PLACES = {"garage": "G-B1", "gate": "N-GATE", "garden": "GARDEN", "pump": "PUMP", "road": "ROAD", "play": "PLAY"}
ASSETS = {"charger": "CHG-1", "lift": "EL-{}-1", "door": "DOOR-{}", "gate": "BAR-N", "play": "FIT-2"}
STAIRS = (("3", "1"), ("3", "1"), ("5", "2"), ("1", "1"), ("2", "1"), ("1", "2"), ("2", "2"), ("7", "1"))
"""Where things happen; 3栋1单元 is old and has more of them."""
RECORDED_LATE = 0.04


def draw(stage: Stage) -> Said:
    """Something to report, as often as it comes in life."""
    group = stage.dice.choices([one for one, _ in wording.MIX], [share for _, share in wording.MIX])[0]
    return stage.dice.choices(group, [one.often for one in group])[0]


def make(stage: Stage, said: Said, then: Told, *, channel: str = "", name: str = "") -> None:
    """Somebody reports this now; `name` is one of the cast."""
    who = stage.dice.choice([one for one in stage.residents if not name or one.name == name])
    where = spot(stage, said.where, who)
    channel = channel or pick_channel(stage, said)
    if channel == "qr" and "room" in where:
        channel = "miniprogram"
    by, reporter = _reporter(stage, channel, who)
    report = tickets.Report(
        community=stage.garden.community,
        text=said.text,
        channel=channel,
        photos=_photos(stage, said, channel, by),
        reported_at=_when(stage, channel),
        **where,
        **_signed(stage, channel, who),
    )
    ticket = tickets.report(report, by=by)
    then(ticket, said, guest(ticket.id) if channel == "qr" else reporter)


def _signed(stage: Stage, channel: str, who: Resident) -> dict[str, Any]:
    """How the reporter is known: by his entry in the register, or by what he typed after scanning."""
    if channel == "qr":
        return {"phone": who.phone if stage.chance(0.6) else "", "guest_key": guest_key()}
    return {"person": who.person} if channel != "staff" else {}


def _when(stage: Stage, channel: str) -> datetime | None:
    """Now and then a call is written down only later."""
    late = channel == "phone" and stage.chance(RECORDED_LATE)
    return clock.now() - timedelta(minutes=45) if late else None


def _photos(stage: Stage, said: Said, channel: str, by: Scope) -> Sequence[File]:
    if channel == "phone" or not stage.chance(said.photo):
        return ()
    return stage.photos(said.leaf or _hint(said), by, most=2)


def _hint(said: Said) -> str:
    """Which kind of picture suits a report."""
    words = {
        "灯": "PE",
        "砖": "ST",
        "电梯": "EL",
        "垃圾": "CL",
        "脏": "CL",
        "道闸": "AC",
        "车": "OR",
        "树": "GR",
        "渗": "ST",
        "裂": "ST",
    }
    return next((leaf for word, leaf in words.items() if word in said.text), "IN")


def pick_channel(stage: Stage, said: Said) -> str:
    """Homes are reported from the app or by phone; public places also by code and by staff on their round."""
    if said.where in ("home", "none"):
        return stage.dice.choices(("miniprogram", "phone", "counter"), (50, 42, 8))[0]
    return stage.dice.choices(("qr", "miniprogram", "phone", "staff"), (40, 25, 20, 15))[0]


def _reporter(stage: Stage, channel: str, who: Resident) -> tuple[Scope, Scope]:
    """Who presses the button, and who answers later for the reporter's side."""
    if channel == "qr":
        by = guest(communities=frozenset({stage.garden.community.id}))
        return by, by
    if channel == "miniprogram":
        return who.scope, who.scope
    if channel == "staff":
        by = stage.scope(stage.dice.choice(("孙涛", "蔡姐", "何勇", "陈师傅")))
        return by, stage.scope("赵静")
    return stage.scope(stage.agent()), who.scope


def spot(stage: Stage, where: str, who: Resident) -> dict[str, Any]:
    """The room, place or asset; `where` may also be the code of one."""
    garden = stage.garden
    if where == "home":
        return {"room": who.room}
    if where in garden.assets:
        return {"asset": garden.assets[where]}
    building, unit = stage.dice.choice(STAIRS)
    stairway = building.zfill(2) + unit.zfill(2)
    asset = garden.assets.get(ASSETS.get(where, "").format(stairway))
    if asset is not None:
        return {"asset": asset}
    if where in ("lobby", "unit", "lift", "door"):
        return {"place": garden.places[f"B{building}-{unit}" + ("-L" if where == "lobby" else "")]}
    return {"place": garden.places[PLACES[where]]} if where in PLACES else {}
