"""The relay strip: which department had it, how long, and what for (screens, 6.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.accounts.choices import Dept
from anju.core import clock
from anju.desk.ticket.story import actor
from anju.desk.ticket.words import verb_of
from anju.journal.models import Entry
from anju.tickets.models import Ticket
from anju.tickets.queries import TicketFacts
from anju.ui import times

SHOWN = 6
TURNS = {
    "accept": ("", _("%(who)s受理 %(at)s"), ""),
    "dispatch": ("", _("派给%(name)s %(at)s"), ""),
    "transfer": ("", _("派给%(name)s %(at)s"), ""),
    "take": ("", _("%(who)s接单 %(at)s"), ""),
    "start": ("", _("%(who)s到场 %(at)s"), ""),
    "receive": ("", _("转入 %(at)s"), ""),
    "lock": (_("锁定"), _("往返太多，等裁定"), "lock"),
    "rule": ("", _("裁定牵头，不得再转"), ""),
    "suspend": (_("挂起"), _("等到%(until)s"), "wait"),
    "resume": ("", _("恢复 %(at)s"), ""),
    "finish": (_("业主"), _("等确认和评价"), ""),
    "answer": (_("业主"), _("等确认和评价"), ""),
    "reject": ("", _("退回重做 %(at)s"), ""),
    "undo": ("", _("%(who)s撤回 %(at)s"), ""),
    "reopen": ("", _("退回重做 %(at)s"), ""),
}
"""verb -> (whose leg begins, "" for the department that has it; what stands under it; how it looks)"""


@dataclass(slots=True)
class Leg:
    """One department's time with the ticket; `end` None while it runs."""

    name: str
    start: datetime
    end: datetime | None = None
    note: str = ""
    kind: str = ""

    @property
    def dwell(self) -> str:
        """How long, for a leg that is over."""
        return times.took(self.end - self.start) if self.end else ""


class _Strip:
    def __init__(self, first: Leg) -> None:
        self.legs = [first]

    def turn(self, name: str, at: datetime, note: str = "", kind: str = "") -> None:
        """A new leg from `at`; a leg without length is replaced."""
        last = self.legs[-1]
        if last.name == name and last.end is None and not kind:
            last.note = note or last.note
            return
        last.end = at
        if last.start == at and len(self.legs) > 1:
            self.legs.pop()
        self.legs.append(Leg(name, at, note=note, kind=kind))

    def note(self, words: str) -> None:
        """What is happening in the running leg."""
        self.legs[-1].note = words


def legs(facts: TicketFacts, names: Mapping[int, str]) -> list[Leg]:
    """The strip of one ticket, its latest legs."""
    ticket = facts.ticket
    strip = _Strip(Leg(gettext("客服部"), ticket.reported_at, note=gettext("待受理")))
    dept = str(Dept(_first_dept(ticket, facts.entries)).label)
    for row in facts.entries:
        dept = _turn(strip, row, dept, names)
    last = strip.legs[-1]
    if ticket.closed_at is not None:
        last.end = last.end or ticket.closed_at
    elif last.kind == "":
        last.kind = "run"
    return strip.legs[-SHOWN:]


def _first_dept(ticket: Ticket, entries: Sequence[Entry]) -> str:
    for row in entries:
        if verb_of(row.verb) == "receive" and row.data.get("before"):
            return str(row.data["before"])
    return ticket.lead_dept


def _turn(strip: _Strip, row: Entry, dept: str, names: Mapping[int, str]) -> str:
    """Move the strip by one entry; gives the department that has it from then on."""
    verb = verb_of(row.verb)
    if verb not in TURNS:
        return dept
    values = {
        "who": actor(row, names),
        "at": f"{clock.local(row.at):%H:%M}",
        "name": names.get(row.data.get("staff") or 0, ""),
        "until": _until(row),
    }
    where, words, kind = TURNS[verb]
    moved = row.data.get("dept" if verb == "receive" else "lead")
    if moved and verb in ("receive", "rule"):
        dept = str(Dept(moved).label)
    note = _("自动受理 %(at)s") if verb == "accept" and row.data.get("auto") else words
    if verb == "accept":
        strip.note(str(note) % values)
    else:
        strip.turn(str(where) or dept, row.at, str(note) % values, kind=kind)
    return dept


def _until(row: Entry) -> str:
    value = row.data.get("resume_at")
    return times.hm(clock.parse(value), row.at) if value else ""
