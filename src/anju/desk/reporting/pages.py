"""Who may be calling, what it may be, and what will happen when it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from anju import understanding
from anju.core import clock
from anju.core.scope import Scope
from anju.desk.leaves import Option, ranked, span
from anju.desk.queue.rows import Row
from anju.desk.queue.rows import rows as rows_of
from anju.desk.reporting.beside import Also, Twin, find_also, find_twin
from anju.desk.reporting.forms import ReportForm
from anju.estate import queries as estate
from anju.estate.choices import AssetKind, PlaceKind
from anju.estate.models import Asset, Community, Person, Place, Room
from anju.feedback import queries as feedback
from anju.incidents import queries as incidents
from anju.incidents.queries import Notice
from anju.tickets import queries
from anju.tickets.actions.choosing import ACCEPT_MINUTES
from anju.tickets.actions.proposing import propose
from anju.tickets.models import Ticket
from anju.tickets.models.ticket import OPEN
from anju.vault import policy

EARLIER = timedelta(days=90)
SPOT_KEYS = ("alt+q", "alt+w", "alt+e", "alt+r", "alt+t", "alt+y")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place a caller may mean, said relative to his home, so that nothing masked is told."""

    value: str
    label: str
    key: str = ""

    @property
    def hint(self) -> str:
        """The letter that stands on it."""
        return self.key.rpartition("+")[2].upper()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A matter that is over, with the stars it was given, 0 for none."""

    row: Row
    stars: int


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody this phone reaches, masked."""

    id: str
    name: str
    rooms: Sequence[str]
    spots: Sequence[Spot]
    open: Sequence[Row]
    earlier: Sequence[Earlier]


def callers(scope: Scope, community: Community, phone: str) -> list[Caller]:
    """Everybody a canonical phone reaches here."""
    return [_caller(scope, community, person) for person in estate.people_by_phone(community.id, phone)]


def _caller(scope: Scope, community: Community, person: Person) -> Caller:
    seen = policy.sight(scope, community.id)
    rooms = estate.rooms_of(person.id)
    since = clock.now() - EARLIER
    found = queries.visible(scope).filter(reporter_id=person.id, created_at__gte=since)
    tickets = queries.rows(scope, list(found.order_by("-id").values_list("id", flat=True)[:8]))
    stars = feedback.stars_of(scope, [one.id for one in tickets])
    return Caller(
        id=str(person.id),
        name=seen.show("name", person.name),
        rooms=[seen.show("room", room.room_no) for room in rooms],
        spots=spots(scope, community, rooms),
        open=rows_of(scope, [one for one in tickets if one.status in OPEN]),
        earlier=[
            Earlier(row, stars[int(row.id)].stars if int(row.id) in stars else 0)
            for row in rows_of(scope, [one for one in tickets if one.status not in OPEN])
        ],
    )


def spots(scope: Scope, community: Community, rooms: Sequence[Room]) -> list[Spot]:
    """户内, 本单元大堂, 本单元电梯, 地库: at most six."""
    seen = policy.sight(scope, community.id)
    home = _("户内")
    found = [
        Spot(f"room:{room.id}", home if len(rooms) == 1 else f"{home} {seen.show('room', room.room_no)}")
        for room in rooms
    ]
    for room in rooms[:1]:
        near = estate.places(scope, community.id).filter(building_no=room.building_no)
        words = {PlaceKind.LOBBY: _("本单元大堂"), PlaceKind.UNIT: _("本单元楼道"), PlaceKind.BUILDING: _("本栋")}
        found += [
            Spot(f"place:{one.id}", words[PlaceKind(one.kind)])
            for one in near.order_by("-unit_no", "code")
            if one.kind in words and one.unit_no in ("", room.unit_no)
        ]
        lifts = estate.assets(scope, community.id).filter(
            kind=AssetKind.LIFT, place__building_no=room.building_no, place__unit_no=room.unit_no
        )
        found += [Spot(f"asset:{one.id}", _("本单元电梯")) for one in lifts[:1]]
    garages = estate.places(scope, community.id).filter(kind=PlaceKind.GARAGE).order_by("code")[:1]
    found += [Spot(f"place:{one.id}", one.name) for one in garages]
    keys = [*SPOT_KEYS, *([""] * len(found))]
    return [Spot(one.value, one.label, key) for one, key in zip(found, keys, strict=False)]


@dataclass(frozen=True, slots=True)
class Guess:
    """What the text may mean: kinds, the words that decided, the kind that counts now, and what will happen."""

    options: Sequence[Option]
    words: Sequence[str]
    auto: str
    leaf: understanding.Leaf
    will: Sequence[tuple[str, str]]
    twin: Twin | None
    also: Sequence[Also]
    known: Sequence[Notice] = ()
    """Incidents that are on there: what the caller is told of."""

    @property
    def script(self) -> Sequence[str]:
        """What may be said: repeat, understand, then a time; nothing while the matter is not clear."""
        leaf = self.leaf
        if leaf.code == "ZZ99":
            return ()
        come = _("师傅%(time)s内到。") % {"time": span(leaf.arrival_min)} if leaf.arrival_min else ""
        done = _("%(time)s内办好，进展会发消息给您。") % {"time": span(leaf.resolve_min)}
        return (_("您说的是%(what)s，对吗？") % {"what": leaf.short}, _("给您添麻烦了，我马上记下来。"), come + done)

    @property
    def emergency(self) -> bool:
        return self.leaf.emergency

    @property
    def first_words(self) -> understanding.FirstWords | None:
        """What is asked and said first in an emergency (C.3)."""
        return understanding.first_words(self.leaf.code)


def guess(scope: Scope, community: Community, form: ReportForm) -> Guess:
    """From what stands in the form so far, complete or not."""
    form.is_valid()
    sent: dict[str, Any] = getattr(form, "cleaned_data", {})  # empty before anything was sent
    where = sent.get("place_found")
    suggestion = _suggest(sent.get("text", ""), where)
    chosen = sent.get("chosen", "")
    leaf = understanding.combine(understanding.leaf(chosen), suggestion).leaf if chosen else suggestion.leaf
    draft = _draft(community, leaf, where)
    twin = find_twin(scope, draft, sent)
    also = find_also(scope, community, suggestion, sent)
    will = _will(scope, draft, reachable=bool(sent.get("phone") or sent.get("who")), twin=twin)
    return Guess(
        options=ranked(suggestion, leaf.code if chosen else ""),
        words=suggestion.words,
        auto=suggestion.leaf.code if suggestion.ranked else "",
        leaf=leaf,
        will=[*will, *((_("顺带"), one.label) for one in also if one.checked)],
        twin=twin,
        also=also,
        known=_known(community, leaf, where),
    )


def _known(community: Community, leaf: understanding.Leaf, where: Room | Place | Asset | None) -> Sequence[Notice]:
    """已知，请读: once the text speaks of an emergency, or the place is known, what is on there (R3.1)."""
    return incidents.around(community.id, incidents.area_of(where)) if where or leaf.emergency else ()


def _suggest(text: str, where: Room | Place | Asset | None) -> understanding.Suggestion:
    if isinstance(where, Place | Asset):
        return understanding.classify_at(where.kind, text)
    return understanding.classify(text)


def _draft(community: Community, leaf: understanding.Leaf, where: Room | Place | Asset | None) -> Ticket:
    """A ticket that is not stored, for asking the rules."""
    draft = Ticket(community=community, leaf_code=leaf.code, type=leaf.type, prio=leaf.prio, lead_dept=leaf.dept)
    draft.room = where if isinstance(where, Room) else None
    draft.asset = where if isinstance(where, Asset) else None
    draft.place = where if isinstance(where, Place) else draft.asset.place if draft.asset else None
    return draft


def _will(scope: Scope, draft: Ticket, *, reachable: bool, twin: Twin | None) -> list[tuple[str, str]]:
    """Who is told what: (who, what)."""
    told = _("马上收到“已受理”和处理时限") if reachable else _("没有电话，收不到消息")
    if twin and twin.same:
        return [(_("报事人"), told), (twin.row.no, _("已有人报，会自动并入，进展一起告知"))]
    return [(_("报事人"), told), *_crew(scope, draft)]


def _crew(scope: Scope, draft: Ticket) -> list[tuple[str, str]]:
    if draft.leaf_code == "ZZ99":
        return [(_("客服"), _("还看不出是什么事，要人工选类别"))]
    if draft.leaf.arrival_min is None:
        return [(_("客服"), _("不用上门，由坐席或%(dept)s答复") % {"dept": draft.get_lead_dept_display()})]
    found = propose(draft, by=scope)
    if not found.candidates:
        chief = found.leader.name if found.leader else _("值班经理")
        return [(chief, _("收到“没有合适的人在岗”的提醒"))]
    first = found.candidates[0]
    values = {"n": ACCEPT_MINUTES[draft.prio], "load": first.load}
    return [(first.worker.name, _("手机派单，%(n)d分钟内须接单；现在手上%(load)d件") % values)]
