"""What may be done to many at once, for how many of them it is possible, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.accounts.access import allowed
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.desk.queue.rows import Row, rows
from anju.tickets import access, queries
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket
from anju.tickets.queries import Filters, Line
from anju.tickets.rules import flow

MOST = 50
Do = Callable[[Ticket, Scope, str], Ticket]
STEPS: Mapping[str, tuple[Any, Do]] = {
    "accept": (gettext_lazy("受理"), lambda ticket, by, _words: tickets.accept(ticket, by=by)),
    "dispatch": (gettext_lazy("按规则派"), lambda ticket, by, _words: tickets.dispatch(ticket, by=by)),
    "urge": (gettext_lazy("催办"), lambda ticket, by, _words: tickets.urge(ticket, by=by)),
    "note": (gettext_lazy("备注"), lambda ticket, by, words: tickets.note(ticket, by=by, note_text=words)),
    "escalate": (gettext_lazy("升级"), lambda ticket, by, words: tickets.escalate(ticket, by=by, reason=words)),
}
WORDED = frozenset({"note", "escalate"})
"""Steps for which something must be written."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A step with how many of the listed tickets it is possible for."""

    name: str
    label: str
    count: int


def listed(scope: Scope, filters: Filters, ids: Sequence[int] = ()) -> tuple[list[Row], list[Choice]]:
    """The ticked tickets, or else the first of a list, and what can be done to how many of them."""
    found = queries.rows(scope, ids[:MOST]) if ids else queries.queue_lines(scope, filters, limit=MOST).rows
    counted = {name: sum(1 for line in found if _may(scope, line, name)) for name in STEPS}
    choices = [Choice(name, str(label), counted[name]) for name, (label, _do) in STEPS.items() if counted[name]]
    return rows(scope, found), choices


def _may(scope: Scope, line: Line, action: str) -> bool:
    return flow.may(action, line.status) and allowed(scope, access.permission_of(action), line.community_id)


def do(scope: Scope, action: str, ids: Sequence[int], words: str) -> tuple[int, list[str]]:
    """Each for itself: how many were done, and why the others were not (260302-0004　已经有人受理)."""
    done, not_done = 0, []
    for line in queries.rows(scope, list(ids)[:MOST]):
        try:
            with transaction.atomic():
                STEPS[action][1](queries.by_no(scope, line.no, community=line.community_id), scope, words)
            done += 1
        except Refused as refusal:
            not_done.append(f"{line.no}　{refusal.message}")
    return done, not_done


def ids_in(values: Sequence[str]) -> list[int]:
    """The ids among what a page sent, each once."""
    plain = [one for one in values if one.isascii() and one.isdigit() and len(one) < 20]
    return list(dict.fromkeys(int(one) for one in plain))


def objection(action: str, ids: Sequence[int], words: str) -> str:
    """Why nothing can be done with what was sent, "" when it can."""
    if action not in STEPS:
        return _("请选要做什么")
    if not ids:
        return _("请至少选一件")
    return _("请先写内容") if action in WORDED and not words else ""
