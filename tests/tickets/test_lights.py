"""Lights against R1.1, written again from the text."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anju.tickets.choices import Light, Status
from anju.tickets.rules import clocks as ticking
from anju.tickets.rules.lights import Facts, shine
from tests.tickets.test_clocks import START, Plain

UNPROCESSED = {"NEW", "ACCEPTED", "DISPATCHED", "TAKEN"}
UNFINISHED = UNPROCESSED | {"IN_PROGRESS", "SUSPENDED"}


@st.composite
def clock(draw: st.DrawFn, kind: str, duration: int) -> Plain:
    made = Plain(kind=kind, duration_s=duration)
    ticking.run(made, START)
    state = draw(st.sampled_from(["running", "breached", "met", "breached and met"]))
    if "breached" in state:
        ticking.breach(made, START + timedelta(seconds=duration + 1))
    if "met" in state:
        ticking.meet(made, START + timedelta(seconds=duration + 5 if "breached" in state else duration // 2))
    return made


def oracle(facts: Facts, clocks: dict[str, Plain], now: datetime) -> str:
    def late(kind: str) -> bool:
        return clocks[kind].breached_at is not None and clocks[kind].met_at is None

    def counting(kind: str) -> float:
        return (now - START).total_seconds() if clocks[kind].met_at is None else -1

    if facts.status in ("CLOSED", "CANCELLED", "SUSPENDED"):
        return "GREY"
    red = (
        (late("RED") and facts.status in UNPROCESSED)
        or (late("RESOLVE") and facts.status in UNFINISHED)
        or (late("ARRIVE") and facts.prio == "P0" and facts.status in UNFINISHED)
        or ((facts.level >= 1 or facts.locked) and facts.status in UNFINISHED)
    )
    if red:
        return "RED"
    yellow = (
        clocks["RESP"].breached_at is not None
        or counting("RESP") >= 600
        or (counting("RED") >= 5400 and facts.status in UNPROCESSED)
        or counting("RESOLVE") >= 86_400 * 0.75
        or late("ARRIVE")
        or facts.was_red
    )
    return "YELLOW" if yellow else "GREEN"


@given(
    st.sampled_from([one.value for one in Status]),
    st.sampled_from(["P0", "P1", "P2", "P3"]),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    clock("RESP", 900),
    clock("RED", 7200),
    clock("ARRIVE", 14_400),
    clock("RESOLVE", 86_400),
    st.integers(0, 100_000),
)
def test_the_light_is_that_of_the_text(
    status: str,
    prio: str,
    level: int,
    was_red: bool,
    locked: bool,
    resp: Plain,
    red: Plain,
    arrive: Plain,
    resolve: Plain,
    passed: int,
) -> None:
    clocks = {"RESP": resp, "RED": red, "ARRIVE": arrive, "RESOLVE": resolve}
    facts = Facts(status=status, prio=prio, level=level, was_red=was_red, locked=locked)
    now = START + timedelta(seconds=passed)
    found = shine(facts, clocks, now)
    assert found.light == oracle(facts, clocks, now)
    assert (found.reason in ("NONE", "CLOSED", "SUSPENDED")) == (found.light in (Light.GREEN, Light.GREY))
