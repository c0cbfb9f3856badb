"""The report that writes itself: who was late by how much, whom each bulletin reached, the score of a drill (R3.7, R3.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from anju.core import clock
from anju.core.scope import Scope
from anju.estate import queries as estate
from anju.estate.defaults import setting
from anju.incidents.choices import CallState, Progress, Role, State
from anju.incidents.models import Bulletin, Drill, Improvement, Incident
from anju.incidents.queries.affected import households, rooms_of
from anju.incidents.rules import score
from anju.notify import queries as notify
from anju.vault import masks

REPEAT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody, or nobody, did something after its time. `late_s` in seconds; `at` None: never."""

    what: str
    who: str
    due: datetime
    at: datetime | None
    late_s: int

    @property
    def minutes(self) -> int:
        """Begun minutes."""
        return -(-self.late_s // 60)


@dataclass(frozen=True, slots=True)
class Reach:
    """One bulletin and how many residents have it."""

    bulletin: Bulletin
    told: int
    delivered: int
    read: int
    lost: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The score of a drill, whether it passed, and until when it must be repeated."""

    score: score.Score
    passed: bool
    repeat_by: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the review needs."""

    late: Sequence[Late]
    reach: Sequence[Reach]
    unreachable: Sequence[str]
    rooms: int
    people: int
    met: int
    missed: int
    improvements: Sequence[Improvement]
    outcome: Outcome | None


def report(scope: Scope, row: Incident) -> Report:
    """The report of an incident that the asker has fetched."""
    people = households(row.community_id, row.areas)
    reach, lost = _reach(row)
    slots = list(row.slots.all())
    return Report(
        late=sorted([*_late_calls(row), *_late_steps(row), *_late_slots(row)], key=lambda one: one.due),
        reach=reach,
        unreachable=_homes(lost),
        rooms=rooms_of(row.community_id, row.areas).count(),
        people=len(people),
        met=sum(one.met_at is not None for one in slots),
        missed=sum(one.missed_at is not None for one in slots),
        improvements=list(row.improvements.select_related("who")),
        outcome=score_of(row) if row.is_drill else None,
    )


def _over(at: datetime | None, due: datetime) -> int:
    return max(0, int(((at or clock.now()) - due).total_seconds()))


def _late_calls(row: Incident) -> list[Late]:
    found = []
    for one in row.calls.exclude(state=CallState.RELIEVED, ack_at=None).select_related("staff"):
        if _over(one.ack_at, one.due_at):
            words = f"{Role(one.role).label}到位确认"
            found.append(Late(words, one.staff.name, one.due_at, one.ack_at, _over(one.ack_at, one.due_at)))
    return found


def _late_steps(row: Incident) -> list[Late]:
    end = row.closed_at or row.restored_at or clock.now()
    found = []
    for one in row.steps.select_related("by"):
        late = _over(one.done_at or end, one.due_at)
        if late:
            who = one.by.name if one.by else str(Role(one.role).label)
            found.append(Late(f"步骤{one.no} {one.text}", who, one.due_at, one.done_at, late))
    return found


def _late_slots(row: Incident) -> list[Late]:
    posted = [one.posted_at for one in row.bulletins.exclude(posted_at=None).order_by("posted_at")]
    calls = sorted(row.calls.filter(role=Role.CS).select_related("staff"), key=lambda one: one.ack_at is None)
    officer = calls[0] if calls else None
    found = []
    for one in row.slots.exclude(missed_at=None):
        at = next((moment for moment in posted if moment and moment > one.due_at), None)
        who = officer.staff.name if officer else ""
        found.append(Late(f"第{one.seq}次通报", who, one.due_at, at, _over(at, one.due_at)))
    return found


def _reach(row: Incident) -> tuple[list[Reach], frozenset[int]]:
    """Of each bulletin; and the people whom not one message has reached."""
    found, lost = [], None
    opening = notify.reach("incident", row.id, [row.plan.opening], row.opened_at)
    lost = set(opening.lost)
    for one in row.bulletins.exclude(posted_at=None).order_by("posted_at", "id"):
        if one.posted_at is None:
            continue
        came = notify.reach("incident", row.id, one.templates, one.posted_at)
        found.append(Reach(one, came.told, came.delivered, came.read, len(came.lost)))
        lost = lost & came.lost if came.told else lost
    return found, frozenset(lost)


def _homes(people: frozenset[int]) -> list[str]:
    """Where they live, masked: 3栋1单元**03."""
    homes = [room for one in sorted(people) for room in estate.rooms_of(one)[:1]]
    return [f"{room.stairway}{masks.room(room.room_no)}" for room in homes]


# --- drills -----------------------------------------------------------------------------------------------------------
def score_of(row: Incident) -> Outcome:
    """The points of a drill as it stands (R3.8)."""
    form = Drill.objects.filter(incident=row).first()
    found = score.score(_facts(row, form))
    passed = found.passed(setting(row.community.config, "drill.pass"))
    repeat = None if passed else clock.local(row.opened_at + REPEAT).date()
    return Outcome(found, passed, repeat)


def _facts(row: Incident, form: Drill | None) -> score.Facts:
    return score.Facts(
        planned=form.starts_at if form else row.opened_at,
        opened=row.opened_at,
        acks=_acks(row),
        steps=[
            score.StepFacts(one.no, one.weight, one.due_at, one.done_at, one.wrong_at is not None)
            for one in row.steps.all()
        ],
        slots=[one.met_at is not None for one in row.slots.all() if one.met_at or one.missed_at],
        speech=sum(form.speech) if form else None,
        records=sum(form.records) if form else None,
        review=_reviewed(row),
    )


def _acks(row: Incident) -> list[bool]:
    """Of those whose time is over, or who have answered: in time or not."""
    over = row.closed_at or row.restored_at or clock.now()
    calls = [one for one in row.calls.all() if one.ack_at or one.due_at < over]
    return [one.ack_at is not None and one.ack_at <= one.due_at for one in calls]


def _reviewed(row: Incident) -> bool | None:
    if row.reviewed_at is not None and row.review_due_on is not None:
        return clock.local(row.reviewed_at).date() <= row.review_due_on
    return None if row.state == State.RESTORED else False


def shown_state(one: Improvement) -> Progress:
    """Its state, OVERDUE when its day has passed."""
    late = one.state in (Progress.OPEN, Progress.DOING) and clock.today() > one.due_on
    return Progress.OVERDUE if late else Progress(one.state)
