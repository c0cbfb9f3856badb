"""Who is called into a role, and what becomes of it (R3.1, R3.2)."""

import pytest

from anju.accounts import actions as accounts
from anju.accounts.rules import Worker
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.incidents.models import Incident
from anju.incidents.rules import crew
from tests.incidents.conftest import Team


def worker(staff_id: int, dept: str = "SEC", roles: str = "WK", *, on: bool = True, **more: object) -> Worker:
    facts: dict = {"skills": (), "certs": (), "last_job_at": 0.0} | more
    return Worker(
        staff_id,
        str(staff_id),
        dept,
        frozenset(roles.split()),
        frozenset(facts["skills"]),
        frozenset(),
        on,
        False,
        facts["last_job_at"],
        frozenset(facts["certs"]),
    )


def test_the_ladder_of_a_role_ends_with_the_managers() -> None:
    people = [worker(1, on=False), worker(2), worker(3, roles="SUP DM"), worker(4, "PM", "PM"), worker(5, "ENG")]
    assert crew.order("SEC", people, crew.Need()) == [2, 3, 4]
    assert crew.order("CMD", people, crew.Need()) == [3, 4]
    assert crew.order("PM", people, crew.Need()) == [4, 3]


def test_the_department_of_the_fault_needs_skill_and_certificate() -> None:
    plumber, electrician = worker(1, "ENG", skills=("PW01",)), worker(2, "ENG", skills=("PE01",), certs=("低压电工",))
    need = crew.Need("PE01", "ENG")
    assert crew.order("ENG", [plumber, electrician], need)[0] == 2


def test_whoever_is_free_comes_first() -> None:
    people = [worker(1), worker(2), worker(3)]
    assert crew.order("SEC", people, crew.Need(here={1}, elsewhere={2})) == [3, 1, 2]


def test_the_fire_room_goes_to_who_may_work_there() -> None:
    people = [worker(1), worker(2, certs=("消防设施操作员",))]
    assert crew.order("CTRL", people, crew.Need()) == [2, 1]


def test_a_role_without_an_answer_goes_to_the_next(team: Team) -> None:
    row = team.open()
    for who in ("何勇", "李敏", "孙涛"):
        team.act("acknowledge", row, who)
    team.at("09:03:00")
    assert team.calls(row, "ENG") == [("高工", "CALLED")]
    team.at("09:03:01")
    assert team.calls(row, "ENG") == [("高工", "PASSED"), ("陈师傅", "CALLED")]
    assert team.times("陈师傅", "T310") == ["09:03:01"]
    team.act("do_step", row, "高工", no=2, photo=team.photo())
    assert team.calls(row, "ENG") == [("高工", "ACKED"), ("陈师傅", "RELIEVED")]
    with pytest.raises(Refused, match="ROLE_TAKEN"):
        team.act("acknowledge", row, "陈师傅")
    with pytest.raises(Refused, match="NOT_CALLED"):
        team.act("acknowledge", row, "蔡姐")


def test_at_the_end_of_the_ladder_the_manager_hears_that_it_is_vacant(team: Team) -> None:
    row = team.open("电梯困人")
    team.at("09:30")
    assert {state for _name, state in team.calls(row, "VEND")} == {"PASSED"}
    assert len(team.heard("何勇", "T211")) > 0


def test_the_commander_stays_while_nobody_else_has_answered(team: Team) -> None:
    row = team.open()
    team.at("09:03:01")
    assert team.calls(row, "CMD") == [("何勇", "PASSED"), ("周强", "CALLED")]
    row.refresh_from_db()
    assert row.commander
    assert row.commander.name == "何勇"
    team.act("acknowledge", row, "周强")
    assert row.commander.name == "周强"
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        team.act("control", row, "何勇")


def test_the_shift_changes_in_the_middle(team: Team) -> None:
    row = team.open()
    for who in ("何勇", "李敏", "孙涛", "高工"):
        team.act("acknowledge", row, who)
    for gone, come in (("李敏", "王芳"), ("孙涛", "丁浩")):
        accounts.set_shift(team.garden.members[come], on=True, by=SYSTEM)
        accounts.set_shift(team.garden.members[gone], on=False, by=SYSTEM)
    team.at("09:01")
    assert team.calls(row, "CS") == [("李敏", "RELIEVED"), ("王芳", "CALLED")]
    assert team.calls(row, "SEC") == [("孙涛", "RELIEVED"), ("丁浩", "CALLED")]
    assert team.times("王芳", "T310") == ["09:00:00"]


def test_two_incidents_share_people_and_the_manager_decides(team: Team) -> None:
    first = team.open()
    second = team.open("停水", place="B5")
    (guard,) = second.calls.filter(role="SEC")
    assert (guard.staff.name, guard.also) == ("孙涛", first)
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        team.act("assign", second, "李敏", role="SEC", to=team.garden.staff["郑强"])
    with pytest.raises(Refused, match="ROLE_UNKNOWN"):
        team.act("assign", second, role="XX", to=team.garden.staff["郑强"])
    team.act("assign", second, role="SEC", to=team.garden.staff["郑强"])
    assert team.calls(second, "SEC") == [("孙涛", "RELIEVED"), ("郑强", "CALLED")]
    assert Incident.objects.count() == 2
