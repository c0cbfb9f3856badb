"""The time line: what happened and what was told, in one order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.scope import Scope
from anju.desk.ticket.words import DEALING, INNER, SAYS, SYSTEM, UNKNOWN, WORK, Told, verb_of
from anju.journal.models import Entry
from anju.notify import queries as notify
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.tickets.queries import TicketFacts
from anju.ui import times

KINDS = (DEALING, WORK, INNER, SYSTEM)
OFFLINE_AFTER_S = 60
SOON = timedelta(minutes=1)
BAD = ("FAILED", "DEAD")
UNSENT = ("SUPPRESSED", "CANCELLED")
LETTERS = {"reply": "T123", "contact": "T216"}
"""What a person wrote -> the message that tells of it: one knot, with what became of the message."""


@dataclass(frozen=True, slots=True)
class Item:
    """One knot of the line. `say` is what somebody wrote; `face` how its box looks: "", "in" or "inner"."""

    at: datetime
    icon: str
    kind: str
    who: str
    what: str
    meta: str = ""
    say: str = ""
    face: str = ""
    inner: bool = False
    bad: str = ""


def story(scope: Scope, facts: TicketFacts, names: Mapping[int, str]) -> list[Item]:
    """Everything, oldest first; what was told stands after what caused it."""
    now = clock.now()
    letters = [one for one in facts.told if one.template in LETTERS.values()]
    sent = _sent(facts.entries, letters)
    items = [_entry(scope, facts.ticket, row, names, now, sent.get(row.id, ())) for row in facts.entries]
    others = [one for one in facts.told if one not in letters]
    items += [_message(scope, facts.ticket, chains, names, now) for chains in _chains(others)]
    return sorted(items, key=lambda item: item.at)


def _sent(entries: Iterable[Entry], letters: Sequence[notify.Told]) -> dict[int, list[notify.Told]]:
    """The messages of each letter: the first letter of a kind goes with the first of its messages."""
    found: dict[int, list[notify.Told]] = {}
    rows = list(entries)
    for verb, template in LETTERS.items():
        wrote = [row for row in rows if verb_of(row.verb) == verb and row.data.get("told")]
        chains = [chain for group in _chains([one for one in letters if one.template == template]) for chain in group]
        chains.sort(key=lambda chain: chain[0].id)
        found |= {row.id: chain for row, chain in zip(wrote, chains, strict=False)}
    return found


def tally(items: Iterable[Item]) -> dict[str, int]:
    """How many knots of each kind."""
    found = dict.fromkeys(KINDS, 0)
    for item in items:
        found[item.kind] += 1
    return found


def _entry(
    scope: Scope,
    ticket: Ticket,
    row: Entry,
    names: Mapping[int, str],
    now: datetime,
    sent: Sequence[notify.Told],
) -> Item:
    verb = verb_of(row.verb)
    icon, kind, _say = SAYS.get(verb, UNKNOWN)
    written = queries.text_for(scope, ticket, row.note) if row.note else ""
    from_owner = row.actor_kind in ("resident", "guest")
    if verb == "note":
        kind = DEALING if row.visible else INNER
    if verb == "report":
        written = queries.text_for(scope, ticket, ticket.text)
    return Item(
        at=row.at,
        icon=icon,
        kind=kind,
        who=actor(row, names),
        what=_what(row, names, now),
        meta=_fates(sent, now) if sent else _offline(row, now),
        say=written,
        face=_face(kind, from_owner=from_owner or verb == "report"),
        inner=kind == INNER and bool(written),
        bad=_("没有送到") if _lost(sent) else "",
    )


def _face(kind: str, *, from_owner: bool) -> str:
    if from_owner:
        return "in"
    return "inner" if kind == INNER else ""


def _what(row: Entry, names: Mapping[int, str], now: datetime) -> str:
    verb = verb_of(row.verb)
    if verb == "note":
        return _note_words(row)
    words = SAYS.get(verb, UNKNOWN)[2](Told(row.data, names, now))
    return words if row.data.get("told", True) else _("%(words)s，没有留联系方式，只在进度页上") % {"words": words}


def _note_words(row: Entry) -> str:
    if row.actor_kind in ("resident", "guest"):
        return _("补充")
    return _("备注，业主可见") if row.visible else _("备注")


def actor(row: Entry, names: Mapping[int, str]) -> str:
    """Who did it, as far as the story may say."""
    if row.actor_kind == "staff":
        return names.get(row.actor_id or 0, _("员工"))
    return _("系统") if row.actor_kind == "system" else _("报事人")


def _offline(row: Entry, now: datetime) -> str:
    """离线录入 when the phone's time of the action was earlier, or what is doubtful about that time."""
    if row.data.get("doubt"):
        return _("手机时间不可信，按系统时间记")
    if row.client_at is None or (row.at - row.client_at).total_seconds() < OFFLINE_AFTER_S:
        return ""
    return _("离线录入，%(at)s发生") % {"at": times.hm(row.client_at, now)}


def _chains(told: Sequence[notify.Told]) -> list[list[list[notify.Told]]]:
    """Messages with those that stood in for them; what several colleagues were told at once is one knot."""
    chains: dict[int, list[notify.Told]] = {}
    root: dict[int, int] = {}
    for one in sorted(told, key=lambda each: each.id):
        first = root.get(one.parent_id or 0, one.id)
        root[one.id] = first
        chains.setdefault(first, []).append(one)
    together: dict[tuple[str, datetime, str], list[list[notify.Told]]] = {}
    for chain in chains.values():
        together.setdefault((chain[0].template, chain[0].at, chain[0].to_kind), []).append(chain)
    return list(together.values())


def _message(
    scope: Scope,
    ticket: Ticket,
    chains: Sequence[Sequence[notify.Told]],
    names: Mapping[int, str],
    now: datetime,
) -> Item:
    first, to_staff = chains[0][0], chains[0][0].to_kind == "staff"
    who = "、".join(dict.fromkeys(names.get(one[0].to_id, _("员工")) for one in chains)) if to_staff else _("报事人")
    fates = dict.fromkeys(_fates(chain, now) for chain in chains)
    return Item(
        at=first.at,
        icon="message",
        kind=SYSTEM if to_staff else DEALING,
        who=_("发给%(who)s") % {"who": who},
        what="",
        meta=f"{'；'.join(fates)}　{first.template}",
        say=queries.text_for(scope, ticket, first.body),
        bad=_("没有送到") if any(_lost(chain) for chain in chains) else "",
    )


def _lost(chain: Sequence[notify.Told]) -> bool:
    """Neither the message nor one that stood in for it arrived."""
    return all(one.state.value in (*BAD, *UNSENT) for one in chain) and any(one.state.value in BAD for one in chain)


def _fates(chain: Sequence[notify.Told], now: datetime) -> str:
    return "；".join(_fate(one, now) for one in chain)


def _fate(one: notify.Told, now: datetime) -> str:
    """微信 09:56送达，09:58已读; 短信 失败（号码无效）."""
    parts = []
    if one.delivered_at:
        parts.append(_("%(at)s送达") % {"at": times.hm(one.delivered_at, now)})
    if one.read_at:
        parts.append(_("%(at)s已读") % {"at": times.hm(one.read_at, now)})
    if one.state.value == "QUEUED" and one.at > now + SOON:
        parts.append(_("%(at)s发") % {"at": times.hm(one.at, now)})
    if not parts:
        parts.append(f"{one.state_label}（{one.reason_label}）" if one.reason else one.state_label)
    return f"{one.channel_label} " + "，".join(parts)
