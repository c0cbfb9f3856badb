"""Jobs of the screens that watch: one row's update for a hundred agents, the board on the wall, a resident's first page."""

from django.test import Client

from anju.accounts import screens
from anju.accounts.actions.screens import hang
from anju.accounts.queries import scope_of_staff
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.tickets.queries import Filters
from benchmarks import crowd, measure
from benchmarks.jobs import Jobs, Result, statements

WATCHING = 100
COMMUNITIES = 999
ROWS = 50


def update(jobs: Jobs) -> Result:
    """One note on a ticket, after which each of a hundred agents fetches the rows on his screen again."""
    crowd.fill(jobs.office.garden, jobs.size)
    rows = queries.queue_lines(jobs.agent, Filters(), limit=ROWS).rows
    order = ",".join(f"{row.id}-{row.rank}" for row in rows)

    def changed(units: int) -> None:
        tickets.note(Ticket.objects.get(id=rows[0].id), by=jobs.agent, note_text="已电话联系")
        for _unit in range(units):
            answer = jobs.browser.get("/desk/queue/", {"order": order}, headers={"HX-Request": "true"})
            if answer.status_code != 200:
                raise RuntimeError(f"queue answered {answer.status_code}")

    changed(3)
    costs = measure.rounds(changed, units=WATCHING, times=jobs.times, server_pid=jobs.pid)
    cpu = measure.middle(costs)
    return Result(
        "queue update",
        f"fragment of {len(rows)} rows, one of {WATCHING} agents",
        measure.spread(costs),
        {"open tickets": str(Ticket.objects.count()), "statements with the note": str(statements(lambda: changed(1)))},
        "≤ 10 ms",
        cpu <= 10,
    )


def board(jobs: Jobs) -> Result:
    """The board of one community among a thousand; there is no board of the whole company."""
    crowd.fill(jobs.office.garden, jobs.size, others=COMMUNITIES)
    garden = jobs.office.garden
    screen = hang(garden.community, "监控室", by=scope_of_staff(garden.staff["赵静"]))
    wall = Client()

    def page(units: int) -> None:
        for _unit in range(units):
            answer = wall.get(f"/wall/{screens.link(screen)}/")
            if answer.status_code != 200:
                raise RuntimeError(f"the board answered {answer.status_code}")

    page(3)
    costs = measure.rounds(page, units=5, times=jobs.times, server_pid=jobs.pid)
    p50 = measure.middle(costs, "wall_ms")
    return Result(
        "board",
        "board of a community",
        measure.spread(costs),
        {
            "communities": str(COMMUNITIES + 1),
            "tickets": str(Ticket.objects.count()),
            "of this one": str(Ticket.objects.filter(community=garden.community).count()),
            "p50": f"{p50:.0f} ms",
            "statements": str(statements(lambda: page(1))),
        },
        "p50 ≤ 300 ms",
        p50 <= 300,
    )
