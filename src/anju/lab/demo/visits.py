"""What leaders do in the demo: the quality desk calls back, the supervisor files plans for what was escalated."""

from datetime import time, timedelta

from anju.core import clock
from anju.core.scope import SYSTEM
from anju.feedback import actions as feedback
from anju.feedback import queries
from anju.lab.demo import stories
from anju.lab.demo.office import Office
from anju.tickets import actions as tickets
from anju.tickets.queries import visible

HOURS = (time(10, 20), time(15, 40))
RESULTS = ("SATISFIED", "SATISFIED", "SATISFIED", "PARTLY", "UNREACHED", "UNSATISFIED")
FRESH = timedelta(hours=20)


def begin(office: Office) -> None:
    """Every day at two times."""
    day = clock.local(clock.now()).date()
    while clock.on(day, HOURS[0]) < office.now:
        for hour in HOURS:
            at = clock.on(day, hour)
            if clock.now() < at < office.now:
                office.stage.at(at, lambda: _round(office))
        day += timedelta(days=1)


def _round(office: Office) -> None:
    caller, chief = office.named("郑洁"), office.named("吴刚")
    open_ = queries.revisits(caller, office.garden.community.id)
    for visit in [one for one in open_ if one.created_at < office.now - FRESH]:
        note = office.dice.choice(stories.VISITS)
        feedback.record_visit(visit, result=office.dice.choice(RESULTS), by=caller, note=note)
    late = visible(SYSTEM).filter(level=1, plan_due_at=None, lead_dept="ENG", status="IN_PROGRESS")
    for ticket in late[:2]:
        due = clock.now() + timedelta(hours=office.dice.randint(20, 60))
        tickets.plan(ticket, by=chief, plan_due_at=due, reason="要等材料并搭架子，安排专人施工")
