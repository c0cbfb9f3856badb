"""Whom a ticket goes to: staff ∩ checked in ∩ skill ∩ certificate ∩ load, then zone, load, longest idle, id (04)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from anju.accounts.rules import Worker

LOAD = {"P0": 4, "P1": 2, "P2": 1, "P3": 1}
CERTIFICATES = {"PE": "低压电工", "IN01": "低压电工", "IN02": "低压电工"}
"""Leaf code or its first two letters -> the legal certificate it asks for."""


@dataclass(frozen=True, slots=True)
class Job:
    """What dispatch needs to know of a ticket."""

    leaf: str
    depts: tuple[str, ...]
    prio: str
    zone: str = ""
    on_site: bool = True
    passed_by: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may do it, and why he stands where he stands."""

    worker: Worker
    load: int
    zone_match: bool

    def why(self) -> dict[str, object]:
        """Facts shown beside the name: checked in, skill, zone, load."""
        return {
            "name": self.worker.name,
            "on_shift": self.worker.on_shift,
            "zone": self.zone_match,
            "load": self.load,
            "certs": sorted(self.worker.certs),
        }


def certificate(leaf: str) -> str | None:
    """The certificate a leaf asks for, or None."""
    return CERTIFICATES.get(leaf) or CERTIFICATES.get(leaf[:2])


def objection(job: Job, worker: Worker) -> str:
    """Why this worker may not get the job: an error code, or "" when he may."""
    wanted = certificate(job.leaf)
    if worker.dept not in job.depts:
        return "OTHER_DEPT"
    if not (worker.on_shift or (worker.on_call and job.prio == "P0")):
        return "NOT_ON_DUTY"
    if job.on_site and ("WK" not in worker.roles or job.leaf not in worker.skills):
        return "SKILL_MISSING"
    if wanted and wanted not in worker.certs:
        return "CERT_REQUIRED"
    return ""


def candidates(
    job: Job, workers: Iterable[Worker], loads: Mapping[int, int], *, max_load: int = 8, skip: Collection[int] = ()
) -> list[Candidate]:
    """Everybody who may do it, best first."""
    able = [
        Candidate(worker, loads.get(worker.staff_id, 0), _in_zone(job, worker))
        for worker in workers
        if not objection(job, worker)
        and worker.staff_id not in job.passed_by
        and worker.staff_id not in skip
        and loads.get(worker.staff_id, 0) < max_load
    ]
    return sorted(able, key=lambda one: (not one.zone_match, one.load, one.worker.last_job_at, one.worker.staff_id))


def _in_zone(job: Job, worker: Worker) -> bool:
    return not worker.zones or not job.zone or job.zone in worker.zones


def leader(workers: Iterable[Worker], dept: str) -> Worker | None:
    """The supervisor who answers for a department: SUP of it on duty, else the duty manager, else the PM."""
    people = list(workers)
    for match in (
        lambda one: "SUP" in one.roles and one.dept == dept and one.on_shift,
        lambda one: "DM" in one.roles and one.on_shift,
        lambda one: "SUP" in one.roles and one.dept == dept,
        lambda one: "DM" in one.roles,
        lambda one: "PM" in one.roles,
    ):
        found = next((one for one in people if match(one)), None)
        if found:
            return found
    return None


def desk(workers: Iterable[Worker]) -> Worker | None:
    """Who answers for a ticket nobody has accepted: agent on duty, night agent, then the chain upwards."""
    people = list(workers)
    for role, on_shift in (("CS", True), ("OUT", True), ("CSS", True), ("DM", True), ("CSS", False), ("PM", False)):
        found = next((one for one in people if role in one.roles and (one.on_shift or not on_shift)), None)
        if found:
            return found
    return next(iter(people), None)


def holding(workers: Iterable[Worker], *roles: str, on_shift: bool = False) -> list[Worker]:
    """Everybody with one of the roles, those on duty only when asked."""
    return [one for one in workers if not one.roles.isdisjoint(roles) and (one.on_shift or not on_shift)]
