"""Who could have a ticket, and why the others cannot: what the dispatch dialog shows. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anju.accounts.rules import Worker
from anju.core import clock
from anju.core.scope import Scope
from anju.tickets.actions import choosing
from anju.tickets.actions.bench import Bench
from anju.tickets.actions.case import Case
from anju.tickets.models import Ticket
from anju.tickets.rules import dispatch as rules


@dataclass(frozen=True, slots=True)
class Proposal:
    """Candidates in the order of the rules; `others` are colleagues of the department with the code of the objection
    (NOT_ON_DUTY, SKILL_MISSING, CERT_REQUIRED, FULL, PASSED)."""

    candidates: Sequence[rules.Candidate]
    others: Sequence[tuple[Worker, str]]
    leader: Worker | None
    loads: Mapping[int, int]


def propose(ticket: Ticket, *, by: Scope) -> Proposal:
    """What the rules think of everybody for this ticket, which may be a draft that is not stored."""
    case = Case(ticket, [], Bench(ticket.community), by=by, now=clock.now())
    job, found = choosing.job(case), choosing.best(case)
    chosen = {one.worker.staff_id for one in found}
    others = [
        (worker, _objection(job, worker))
        for worker in case.bench.workers
        if worker.staff_id not in chosen and worker.dept in job.depts and "WK" in worker.roles
    ]
    return Proposal(found, others, rules.leader(case.bench.workers, ticket.lead_dept), case.bench.loads)


def _objection(job: rules.Job, worker: Worker) -> str:
    refusal = rules.objection(job, worker)
    return refusal or ("PASSED" if worker.staff_id in job.passed_by else "FULL")
