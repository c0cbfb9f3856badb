"""Whom a ticket goes to, against a brute-force reading of domain file 04; late messages that still hold (N7)."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.accounts.rules import Worker
from anju.tickets.choices import Status
from anju.tickets.rules import clocks as ticking
from anju.tickets.rules import dispatch as rules
from anju.tickets.rules.saying import still_holds
from tests.tickets.test_clocks import START, Plain

ROLES = ("WK", "SUP", "DM", "PM", "CS", "CSS", "OUT", "VEND")


@st.composite
def worker(draw: st.DrawFn, staff_id: int) -> Worker:
    return Worker(
        staff_id=staff_id,
        name=f"w{staff_id}",
        dept=draw(st.sampled_from(["ENG", "SEC"])),
        roles=draw(st.frozensets(st.sampled_from(ROLES), max_size=2)),
        skills=draw(st.frozensets(st.sampled_from(["IN04", "IN02", "PE01"]))),
        zones=draw(st.frozensets(st.sampled_from(["一期", "二期"]))),
        on_shift=draw(st.booleans()),
        on_call=draw(st.booleans()),
        last_job_at=draw(st.integers(0, 3)) * 1.0,
        certs=draw(st.frozensets(st.sampled_from(["低压电工", "保安员"]))),
    )


crews = st.integers(0, 5).flatmap(lambda n: st.tuples(*(worker(at) for at in range(1, n + 1))))
jobs = st.builds(
    rules.Job,
    leaf=st.sampled_from(["IN04", "IN02", "PE01"]),
    depts=st.sampled_from([("ENG",), ("SEC",), ("ENG", "SEC")]),
    prio=st.sampled_from(["P0", "P1", "P2", "P3"]),
    zone=st.sampled_from(["", "一期", "二期"]),
    on_site=st.booleans(),
    passed_by=st.frozensets(st.integers(1, 5), max_size=2),
)


def eligible(job: rules.Job, one: Worker, load: int) -> bool:
    """The sentence of domain file 04, clause by clause."""
    of_the_dept = one.dept in job.depts
    there = one.on_shift or (one.on_call and job.prio == "P0")
    able = not job.on_site or ("WK" in one.roles and job.leaf in one.skills)
    certified = job.leaf == "IN04" or "低压电工" in one.certs
    return of_the_dept and there and able and certified and load < 8 and one.staff_id not in job.passed_by


def before(job: rules.Job, loads: dict[int, int], left: Worker, right: Worker) -> bool:
    """Zone match, lower load, longer since last job, staff id: compared one after the other."""

    def zone(one: Worker) -> bool:
        return not one.zones or not job.zone or job.zone in one.zones

    if zone(left) != zone(right):
        return zone(left)
    if loads.get(left.staff_id, 0) != loads.get(right.staff_id, 0):
        return loads.get(left.staff_id, 0) < loads.get(right.staff_id, 0)
    if left.last_job_at != right.last_job_at:
        return left.last_job_at < right.last_job_at
    return left.staff_id < right.staff_id


@given(jobs, crews, st.dictionaries(st.integers(1, 5), st.integers(0, 9)))
def test_the_order_is_the_only_one_in_which_nobody_stands_wrong(
    job: rules.Job, crew: tuple[Worker, ...], loads: dict[int, int]
) -> None:
    able = [one for one in crew if eligible(job, one, loads.get(one.staff_id, 0))]
    right = [
        list(order)
        for order in permutations(able)
        if all(before(job, loads, a, b) for at, a in enumerate(order) for b in order[at + 1 :])
    ]
    assert [[one.worker for one in rules.candidates(job, crew, loads)]] == right


@given(jobs, crews)
def test_nobody_is_asked_twice(job: rules.Job, crew: tuple[Worker, ...]) -> None:
    first = rules.candidates(job, crew, {})
    rest = rules.candidates(job, crew, {}, skip={one.worker.staff_id for one in first[:1]})
    assert rest == first[1:]


@given(crews, st.sampled_from(["ENG", "SEC", "CLN"]))
def test_who_leads(crew: tuple[Worker, ...], dept: str) -> None:
    def rank(one: Worker) -> int:
        sup, dm = "SUP" in one.roles and one.dept == dept, "DM" in one.roles
        ranks = ((sup and one.on_shift, 0), (dm and one.on_shift, 1), (sup, 2), (dm, 3), ("PM" in one.roles, 4))
        return next((rank for holds, rank in ranks if holds), 9)

    able = [one for one in crew if rank(one) < 9]
    assert rules.leader(crew, dept) == (min(able, key=rank) if able else None)


@given(crews)
def test_somebody_always_answers_when_there_is_anybody(crew: tuple[Worker, ...]) -> None:
    found = rules.desk(crew)
    assert (found is None) == (not crew)
    agents = [one for one in crew if "CS" in one.roles and one.on_shift]
    if agents:
        assert found == agents[0]


def test_loads_and_certificates() -> None:
    assert rules.LOAD == {"P0": 4, "P1": 2, "P2": 1, "P3": 1}
    assert [rules.certificate(leaf) for leaf in ("PE01", "IN01", "IN02", "IN04")] == ["低压电工"] * 3 + [None]


@pytest.mark.parametrize("status", [one.value for one in Status])
def test_a_message_kept_overnight_must_still_be_true(status: str) -> None:
    unfinished = {"NEW", "ACCEPTED", "DISPATCHED", "TAKEN", "IN_PROGRESS", "SUSPENDED"}
    assert still_holds("T101", status) == (status in unfinished)
    assert still_holds("T106", status) == (status == "PENDING_ACCEPTANCE")
    assert still_holds("T110", status)


# --- the agenda of one clock, second by second ----------------------------------------------------------------------
KINDS = ("RESP", "ACCEPT", "ARRIVE", "RED", "RESOLVE", "ESC24", "RESUME", "VISIT")


def points(kind: str, duration: int) -> list[int]:
    """Seconds of counting at which a clock of this kind is looked at before its deadline, from R1.1 and Appendix B."""
    all_of = {"RESP": [600, duration - 300], "RED": [5400], "RESOLVE": [duration * 3 // 4], "VISIT": [86_400]}
    return sorted({at for at in all_of.get(kind, []) if 0 < at < duration})


@given(
    st.sampled_from(KINDS),
    st.integers(1, 30).map(lambda n: n * 300),
    st.lists(st.tuples(st.sampled_from(["pause", "run"]), st.integers(1, 4000)), max_size=5),
)
def test_the_agenda_is_that_of_a_clock_that_looks_every_second(
    kind: str, duration: int, steps: list[tuple[str, int]]
) -> None:
    clock = Plain(kind=kind, duration_s=duration)
    ticking.run(clock, START)
    expected, happened = [], []
    counted, now, running, fired = 0, 0, True, 0
    agenda = [(at, "warn") for at in points(kind, duration)] + [(duration + (kind != "RESUME"), "breach")]
    for what, span in [*steps, ("pause", 20_000)]:
        if running:  # the slow way: count, and look at the list
            for at, name in agenda[fired:]:
                if at <= counted + span:
                    expected.append((now + at - counted, name))
                    fired += 1
            counted += span
        while (moment := ticking.next_moment(clock)) and moment[0] <= START + timedelta(seconds=now + span):
            happened.append((int((moment[0] - START).total_seconds()), moment[1]))
            if moment[1] == "warn":
                clock.warned += 1
            else:
                ticking.breach(clock, moment[0])
        now += span
        {"pause": ticking.pause, "run": ticking.run}[what](clock, START + timedelta(seconds=now))
        running = what == "run"
    assert happened == expected
    assert ticking.used(clock, START + timedelta(seconds=now)) == counted


@given(st.integers(1, 100), st.integers(0, 150), st.sampled_from(["meet", "void"]))
def test_what_is_over_has_no_agenda(duration: int, passed: int, how: str) -> None:
    clock = Plain(kind="ACCEPT", duration_s=duration)
    ticking.run(clock, START)
    end = START + timedelta(seconds=passed)
    if passed > duration:
        ticking.breach(clock, START + timedelta(seconds=duration + 1))
    {"meet": ticking.meet, "void": ticking.void}[how](clock, end)
    state = "BREACHED" if passed > duration else {"meet": "MET", "void": "VOID"}[how]
    assert (clock.state, ticking.next_moment(clock)) == (state, None)
    assert not ticking.is_open(clock)
    assert not ticking.is_late(clock)
    used = clock.used_s
    {"meet": ticking.meet, "void": ticking.void}[how](clock, end + timedelta(seconds=9))
    ticking.pause(clock, end + timedelta(seconds=9))
    assert clock.used_s == used == passed
