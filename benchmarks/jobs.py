"""The jobs of docs/performance.md, each next to its floor."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest import mock

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anju.accounts import actions as accounts
from anju.accounts.queries import scope_of_staff
from anju.core import clock
from anju.files import actions as files
from anju.privacy.queries.exports import UNMASKED
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.tickets.queries import showing
from anju.timers import run as timers
from anju.timers.models import Timer
from anju.vault.policy import Sight
from anju.worker import loop
from benchmarks import crowd, measure
from benchmarks.floors import Floor
from benchmarks.listeners import Listeners
from benchmarks.office import Office
from tests.pictures import photo

EVENTS = 80


@dataclass(slots=True)
class Result:
    """One line of the report."""

    job: str
    unit: str
    cpu: str
    figures: dict[str, str] = field(default_factory=dict)
    bar: str = ""
    reached: bool = True


def statements(work: Callable[[], Any]) -> int:
    """How many SQL statements one unit takes."""
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def _everything(scope: object, ticket: object) -> Sight:
    """As if the table hid nothing."""
    return UNMASKED


class Jobs:
    """The jobs in one office; `size` is the number of open tickets, `most` that of the growth curve."""

    def __init__(self, office: Office, *, size: int, most: int, times: int = 5) -> None:
        self.office, self.size, self.most, self.times = office, size, most, times
        self.floor = Floor(office.url)
        self.pid = office.cluster.pid
        self.agent = scope_of_staff(office.garden.staff["李敏"])
        self.client = Client(
            headers={"authorization": f"Bearer {accounts.issue_token(staff=office.garden.staff['李敏'])}"}
        )
        self.resident = Client(
            headers={"authorization": f"Bearer {accounts.issue_token(person=office.garden.people['张伟'])}"}
        )
        self.browser = Client()
        session = self.browser.session
        accounts.open_session(session, office.garden.staff["李敏"])
        session.save()
        self.browser.cookies["anju_session"] = session.session_key or ""

    def intake(self) -> Result:
        """POST /api/v1/tickets, everything done: classified, clocks, dispatched, deliveries queued."""
        number = iter(range(10**9))

        def post(units: int) -> None:
            for _unit in range(units):
                body = {
                    "text": f"{crowd.WORDS[next(number) % len(crowd.WORDS)]}，第{next(number)}次",
                    "room": "3-1-1203",
                }
                answer = self.resident.post("/api/v1/tickets", body, content_type="application/json")
                if answer.status_code != 201:
                    raise RuntimeError(answer.content.decode())

        crowd.fill(self.office.garden, 2000)
        post(5)
        self.floor.prepare_intake()
        ours, floors = measure.paired(post, self.floor.intake, units=60, times=self.times, server_pid=self.pid)
        times_floor = measure.middle(ours) / measure.middle(floors)
        cpu = measure.middle(ours)
        return Result(
            "intake",
            "ticket",
            measure.spread(ours),
            {
                "app": f"{measure.middle(ours, 'app_ms'):.1f}",
                "floor": f"{measure.middle(floors):.2f}",
                "× floor": f"{times_floor:.1f}",
                "statements": str(statements(lambda: post(1))),
            },
            "≤ 15 ms, ≤ 12×",
            cpu <= 15 and times_floor <= 12,
        )

    def queue(self) -> Result:
        """The full page of fifty rows, filtered by community and role, masked; growth of its median."""

        def page(units: int) -> None:
            for _unit in range(units):
                answer = self.browser.get("/desk/queue/")
                if answer.status_code != 200:
                    raise RuntimeError(f"queue page answered {answer.status_code}")

        medians: dict[int, float] = {}
        costs: list[measure.Cost] = []
        for size in sorted({1000, self.size, self.most}):
            crowd.fill(self.office.garden, size)
            page(3)
            costs = measure.rounds(page, units=10, times=self.times, server_pid=self.pid)
            medians[size] = measure.middle(costs, "wall_ms")
            if size == self.size:
                at_size = costs
        growth = medians[self.most] / medians[1000]
        cpu = measure.middle(at_size)
        return Result(
            "queue page",
            "page",
            measure.spread(at_size),
            {
                **{f"p50 at {size}": f"{value:.1f} ms" for size, value in medians.items()},
                "growth": f"{growth:.2f}",
                "statements": str(statements(lambda: page(1))),
            },
            "≤ 40 ms, growth ≤ 1.5",
            cpu <= 40 and growth <= 1.5,
        )

    def masking(self) -> Result:
        """The queue page with masking beside the same page of somebody who sees everything (≤ 1.15 times)."""

        def masked(units: int) -> None:
            for _unit in range(units):
                self.browser.get("/desk/queue/")

        def bare(units: int) -> None:
            with mock.patch.object(showing, "sight", _everything):
                masked(units)

        crowd.fill(self.office.garden, 1000)
        masked(5)
        ours, floors = measure.paired(masked, bare, units=20, times=2 * self.times, server_pid=self.pid)
        factor = measure.middle(ours) / measure.middle(floors)
        return Result(
            "masking",
            "queue page",
            measure.spread(ours),
            {"unmasked": f"{measure.middle(floors):.1f} ms", "factor": f"{factor:.2f}"},
            "≤ 1.15 × unmasked",
            factor <= 1.15,
        )

    def ticket(self) -> Result:
        """A ticket with 40 entries, 6 photos and 20 messages."""
        row = self._busy_ticket()

        def page(units: int) -> None:
            for _unit in range(units):
                answer = self.browser.get(f"/desk/tickets/{row.no}/")
                if answer.status_code != 200:
                    raise RuntimeError(f"ticket page answered {answer.status_code}")

        page(3)
        costs = measure.rounds(page, units=10, times=self.times, server_pid=self.pid)
        return Result(
            "ticket page",
            "page",
            measure.spread(costs),
            {"statements": str(statements(lambda: page(1)))},
            "≤ 25 ms",
            measure.middle(costs) <= 25,
        )

    def _busy_ticket(self) -> Ticket:
        garden = self.office.garden
        by = scope_of_staff(garden.staff["李敏"])
        kept = [
            files.keep(photo((at * 30, 80, 90)), "a.jpg", community_id=garden.community.id, by=by) for at in range(6)
        ]
        asked = tickets.Report(
            community=garden.community,
            text="厨房水龙头一直滴漏，关紧了也不行",
            person=garden.people["张伟"],
            room=garden.rooms["3-1-1203"],
            photos=kept,
        )
        row = tickets.report(asked, by=by)
        while row.event_seq < 40:
            tickets.note(row, by=by, note_text=f"备注{row.event_seq}：已电话联系业主，下午在家", visible=True)
        from anju.notify import actions as notify

        to = notify.Recipient("person", garden.people["张伟"].id, "13800005678", wechat=True)
        desk = notify.Office(garden.community.id, "阳光物业", "400-800-1234")
        notify.tell_many(
            [notify.Notice("T113", to, {"no": row.no, "who": "陈师傅"}, row.subject, desk) for _one in range(19)]
        )
        return row

    def search(self) -> Result:
        """Two Chinese words among all tickets, newest first, within the asker's communities."""
        crowd.fill(self.office.garden, max(self.most, self.size), index=True)

        def find(units: int) -> None:
            for unit in range(units):
                queries.search(self.agent, ("水龙头 滴漏", "电梯 异响", "门禁 刷不开")[unit % 3])

        find(6)
        costs = measure.rounds(find, units=15, times=self.times, server_pid=self.pid)
        return Result(
            "search",
            "search",
            measure.spread(costs),
            {"tickets": str(Ticket.objects.count())},
            "≤ 30 ms",
            measure.middle(costs) <= 30,
        )

    def live(self) -> Result:
        """500 listeners who may see everything, 20 events a second: from before the commit until each is woken."""
        crowd.fill(self.office.garden, 2000)
        rows = list(queries.visible(self.agent).order_by("-id")[:EVENTS])
        listeners = Listeners(self.agent, rows, count=500, per_second=20)
        cost = measure.rounds(lambda _units: listeners.run() and None, units=len(rows), times=1, server_pid=self.pid)
        waits = sorted(listeners.waits_ms)
        p95 = waits[int(len(waits) * 0.95)]
        lost = len(rows) * 500 - len(waits)
        return Result(
            "live",
            "event, 500 listeners",
            measure.spread(cost),
            {"p50": f"{waits[len(waits) // 2]:.0f} ms", "p95": f"{p95:.0f} ms", "lost": str(lost)},
            "p95 ≤ 300 ms, lost 0",
            p95 <= 300 and not lost,
        )

    def sweep(self) -> Result:
        """Tickets whose 24 hours end in the same second, against the set-based floor; and the cost of an idle pass."""
        count = min(self.size, 100_000)
        crowd.fill(self.office.garden, count)
        self._busy_ticket()  # one real row of each table for the floor
        idle = measure.rounds(
            lambda units: [loop.step(clock.now()) for _unit in range(units)] and None,
            units=200,
            times=3,
            server_pid=self.pid,
        )
        ended = clock.now() - timedelta(hours=1)
        Timer.objects.filter(kind="tickets.wake").update(due_at=ended + clock.SECOND)  # late from the next second on
        Ticket.clocks.field.model.objects.filter(kind="ESC24").update(
            deadline=ended,
            running_since=ended - timedelta(hours=24),
            breached_at=None,
            state="RUNNING",
        )
        total = Timer.objects.filter(kind="tickets.wake", due_at__lte=clock.now()).count()

        def run(units: int) -> None:
            done = 0
            while done < units and (step := timers.due(clock.now())):
                done += step

        self.floor.prepare_sweep(total)
        ours = measure.rounds(run, units=total, times=1, server_pid=self.pid)
        floors = measure.rounds(self.floor.sweep, units=total, times=1, server_pid=self.pid)
        times_floor = measure.middle(ours) / measure.middle(floors)
        return Result(
            "sweep",
            "due ticket",
            measure.spread(ours),
            {
                "tickets": str(total),
                "seconds": f"{measure.middle(ours, 'wall_ms') * total / 1000:.0f}",
                "floor seconds": f"{measure.middle(floors, 'wall_ms') * total / 1000:.1f}",
                "× floor": f"{times_floor:.1f}",
                "idle pass": f"{measure.middle(idle):.2f} ms",
            },
            "≤ 6×, idle ≤ 5 ms",
            times_floor <= 6 and measure.middle(idle) <= 5,
        )
