"""What stands beside a new matter: a ticket it may be the same as, and what else was said in the same call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anju import understanding
from anju.core.scope import Scope
from anju.desk.queue.rows import Row, rows
from anju.estate.models import Community
from anju.tickets import queries
from anju.tickets.actions.joining import TWIN_STATES
from anju.tickets.models import Ticket

ALSO_KEYS = ("alt+u", "alt+i", "alt+o")


@dataclass(frozen=True, slots=True)
class Twin:
    """An open ticket that may be the same matter; `same` when what is saved now will join it, `likely` when the rules
    say so."""

    row: Row
    same: bool
    likely: bool


@dataclass(frozen=True, slots=True)
class Also:
    """What else was said in the same call: `value` is urge:NO or new:LEAF."""

    value: str
    label: str
    checked: bool
    key: str

    @property
    def hint(self) -> str:
        """The letter that stands on it."""
        return self.key.rpartition("+")[2].upper()


def find_twin(scope: Scope, draft: Ticket, sent: Mapping[str, Any]) -> Twin | None:
    """An open ticket of the same kind: at the same place or thing it is the same fault, and what is saved now joins it;
    at the same home or elsewhere in the same unit somebody has to say so."""
    if draft.leaf_code.startswith("ZZ"):
        return None
    open_ones = queries.visible(scope).filter(
        community_id=draft.community_id, leaf_code=draft.leaf_code, status__in=TWIN_STATES, master=None
    )
    exact = None if draft.leaf_code.startswith("IN") else _first(scope, _here(open_ones, draft))
    found = exact or _first(scope, _near(open_ones, draft))
    if found is None:
        return None
    likely = exact is not None
    said, shown = sent.get("twin", ""), sent.get("twin_shown", "")
    somebody_chose = said != shown and said.endswith(f":{found.no}") and shown.endswith(f":{found.no}")
    return Twin(rows(scope, [found])[0], said.startswith("join") if somebody_chose else likely, likely)


def _here(rows: QuerySet[Ticket], draft: Ticket) -> QuerySet[Ticket]:
    if draft.asset:
        return rows.filter(asset=draft.asset)
    return rows.filter(place=draft.place, asset=None) if draft.place else rows.none()


def _near(rows: QuerySet[Ticket], draft: Ticket) -> QuerySet[Ticket]:
    spot = draft.room or draft.place
    if spot is None or not spot.building_no:
        return rows.none()
    unit = Q(place__building_no=spot.building_no, place__unit_no__in=("", spot.unit_no))
    return rows.filter(Q(room=draft.room) | unit if draft.room else unit)


def _first(scope: Scope, found: QuerySet[Ticket]) -> queries.Line | None:
    return next(iter(queries.rows(scope, list(found.order_by("id").values_list("id", flat=True)[:1]))), None)


def find_also(
    scope: Scope, community: Community, said: understanding.Suggestion, sent: Mapping[str, Any]
) -> list[Also]:
    """The caller's other open matters, to be urged, and the second matter in the text, to be a ticket of its own."""
    if not sent.get("text"):
        return []
    found = _further(scope, _open_of(scope, community, said, sent), said)
    chosen, shown = sent.get("also") or (), str(sent.get("also_shown") or "").split(",")
    return [
        Also(value, label, value in chosen if value in shown else likely, key)
        for (value, label, likely), key in zip(found, ALSO_KEYS, strict=False)
    ]


def _open_of(
    scope: Scope, community: Community, said: understanding.Suggestion, sent: Mapping[str, Any]
) -> list[Ticket]:
    if not sent.get("who"):
        return []
    rows = queries.visible(scope).filter(community_id=community.id, reporter=sent["who"], status__in=TWIN_STATES)
    return list(rows.select_related("community").exclude(leaf_code=said.leaf.code).order_by("-id")[:2])


def _further(
    scope: Scope, open_ones: Sequence[Ticket], said: understanding.Suggestion
) -> Iterator[tuple[str, str, bool]]:
    """Value, label, and whether it is likely meant."""
    second = said.second
    for ticket in open_ones:
        label = _("顺带催办“%(title)s”") % {"title": queries.text_for(scope, ticket, ticket.title)}
        yield f"urge:{ticket.no}", label, second is not None and ticket.leaf_code == second.code
    if second is not None and second.code not in {one.leaf_code for one in open_ones}:
        yield f"new:{second.code}", _("另记一单：%(what)s") % {"what": second.short}, False
