"""All that the command page shows: dials, grid, steps, words, people, impact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.core import clock
from anju.core.scope import Scope
from anju.desk.incidents.talk import talk
from anju.desk.queue.rows import Row, rows
from anju.incidents import access, queries
from anju.incidents.choices import RUNNING, State
from anju.incidents.models import Bulletin, Incident, Slot, Step
from anju.incidents.rules.score import WEIGHTS
from anju.journal.models import Entry
from anju.tickets import queries as tickets

SOON = timedelta(minutes=3)
SLOTS = 6
ROAD = (State.OPEN, State.CONTROLLED, State.RESTORED, State.REVIEWING, State.CLOSED)
MOVES = {
    State.OPEN: (("control", gettext_lazy("已控制…")), ("false-alarm", gettext_lazy("误报撤销…"))),
    State.CONTROLLED: (("restoration", gettext_lazy("已恢复…")), ("recurrence", gettext_lazy("复发…"))),
    State.RESTORED: (("review", gettext_lazy("复盘…")), ("recurrence", gettext_lazy("复发…"))),
    State.REVIEWING: (("filing", gettext_lazy("归档…")),),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One step with its light: red when late, yellow in its last three minutes."""

    step: Step
    light: str
    late: str

    @property
    def is_must(self) -> bool:
        return self.step.weight == "V"


@dataclass(frozen=True, slots=True)
class Gap:
    """One slot of the strip: met, next, missed, or still to come."""

    at: datetime
    kind: str
    met_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A bulletin and whom it reached."""

    row: Bulletin
    reach: queries.Reach | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page."""

    row: Incident
    board: queries.Board
    road: Sequence[tuple[str, str]]
    acts: Sequence[Act]
    gaps: Sequence[Gap]
    posts: Sequence[Post]
    tickets: Sequence[Row]
    talk: Sequence[tuple[Entry, str, str]]
    seq: int
    light: str
    moves: Sequence[tuple[str, object]]
    mine: bool
    commands: bool
    decides: bool

    @property
    def done(self) -> int:
        return sum(one.step.done_at is not None for one in self.acts)

    @property
    def late(self) -> int:
        return sum(one.light == "red" for one in self.acts)

    @property
    def here(self) -> int:
        return sum(one.is_here for one in self.board.crew)

    @property
    def eta_light(self) -> str:
        due = self.board.repair_due
        return _light(due, clock.now()) if due and self.row.runs else ""


def sheet(scope: Scope, row: Incident) -> Sheet:
    """Everything of one incident, for one of its crew."""
    board, now = queries.board(row), clock.now()
    commands = access.may_command(scope, row)
    return Sheet(
        row=row,
        board=board,
        road=_road(row),
        acts=[_act(one, row, now) for one in board.steps],
        gaps=_gaps(row, board.slots),
        posts=_posts(scope, row, board),
        tickets=rows(scope, tickets.rows(scope, [one.id for one in board.tickets])),
        talk=talk(board.timeline),
        seq=len(board.bulletins) + 1,
        light=_light(board.next_at, now) if board.next_at else "",
        moves=_moves(row) if commands else (),
        mine=row.runs and _is_called(scope, board),
        commands=commands,
        decides=commands or access.decides(scope, row.community_id),
    )


def _posts(scope: Scope, row: Incident, board: queries.Board) -> list[Post]:
    """The newest first; how far it came for what residents were told."""
    reach = {one.bulletin.id: one for one in queries.report(scope, row).reach} if row.plan.tells else {}
    return [Post(one, reach.get(one.id)) for one in reversed(board.bulletins)]


def _is_called(scope: Scope, board: queries.Board) -> bool:
    """Somebody waits for the asker's answer."""
    return any(one.call.staff_id == scope.staff_id and not one.is_here for one in board.crew)


def _moves(row: Incident) -> Sequence[tuple[str, object]]:
    if row.is_drill and row.mixed_at and row.runs:
        return (("drill-end", _("演练终止，转入实战")),)
    return MOVES.get(State(row.state), ())


def _road(row: Incident) -> list[tuple[str, str]]:
    """The states with past, now or nothing."""
    at = ROAD.index(State(row.state)) if row.state in ROAD else -1
    kinds = {True: "past", False: ""}
    return [(str(one.label), "now" if n == at else kinds[n < at]) for n, one in enumerate(ROAD)]


def _light(due: datetime, now: datetime) -> str:
    return "red" if now > due else "yellow" if due - now <= SOON else "green"


def _act(step: Step, row: Incident, now: datetime) -> Act:
    if step.done_at is not None:
        late = step.done_at - step.due_at
        return Act(step, "", _("晚%(n)d分") % {"n": -(-late.total_seconds() // 60)} if late > timedelta() else "")
    light = _light(step.due_at, now) if row.state in RUNNING else ""
    return Act(step, light, "")


def _gaps(row: Incident, slots: Sequence[Slot]) -> list[Gap]:
    """The last slots, the next one, and those after it as long as nothing changes."""
    found = [_gap(one, one is slots[-1]) for one in slots][-SLOTS + 2 :]
    if row.runs and slots:
        step, last = timedelta(minutes=row.interval_min), slots[-1].due_at
        found += [Gap(last + step * n, "next" if n == 1 and slots[-1].met_at else "") for n in range(1, SLOTS)]
    return found[:SLOTS]


def _gap(slot: Slot, last: bool) -> Gap:
    kind = "met" if slot.met_at else "missed" if slot.missed_at else "next" if last else ""
    return Gap(slot.due_at, kind, slot.met_at)


def points(found: queries.Report) -> list[tuple[str, float, int]]:
    """The score sheet of a drill: part, points, the most there are."""
    if found.outcome is None:
        return []
    names = {
        "start": _("3分钟内启动"),
        "acks": _("岗位按时应答"),
        "steps": _("步骤按时"),
        "bulletins": _("通报按时"),
        "speech": _("沟通"),
        "records": _("记录完整"),
        "review": _("3个工作日内复盘"),
    }
    return [(names[part], given, WEIGHTS[part]) for part, given in found.outcome.score.parts.items()]
