"""A roster without holes for the garden: four teams on three shifts, and managers who take turns on the telephone."""

from collections.abc import Sequence
from datetime import date

from anju.accounts import actions as accounts
from anju.accounts.jobs import BUILDING, ELECTRIC, WATER, skills
from anju.accounts.models import Staff
from anju.core.scope import SYSTEM
from anju.duty import actions as duty
from anju.duty import queries
from anju.lab.garden import Garden, Hire

FOUR = "四班三运转"
MANAGERS = "值班经理轮值"
MORE = (
    Hire("周倩", "CS", ("CS",)),
    Hire("吴珊", "CS", ("CS",)),
    Hire("许工", "ENG", ("WK",), ELECTRIC + BUILDING, certs=("低压电工",)),
    Hire("韩工", "ENG", ("WK",), ELECTRIC + BUILDING, certs=("低压电工",)),
    Hire("田师傅", "ENG", ("WK",), WATER + BUILDING),
    Hire("邓师傅", "ENG", ("WK",), WATER + BUILDING),
    Hire("冯军", "SEC", ("WK",), ("*SEC",), certs=("保安员",)),
)
TEAMS = {
    "seat": ("李敏", "王芳", "周倩", "吴珊"),
    "electric": ("高工", "刘工", "许工", "韩工"),
    "water": ("陈师傅", "马师傅", "田师傅", "邓师傅"),
    "guard": ("孙涛", "丁浩", "郑强", "冯军"),
}
ON_THE_TELEPHONE = ("何勇", "吴刚", "赵静", "周强")


def found(garden: Garden, *, password: str = "") -> None:
    """The people that four teams need, and what rosters are made of. `password` is a hashed one."""
    for number, hire in enumerate(MORE):
        staff = accounts.create_staff(login=hire.name, name=hire.name, hashed=password, phone=f"139000{20000 + number}")
        garden.staff[hire.name] = staff
        garden.members[hire.name] = accounts.join(
            staff, garden.community, dept=hire.dept, roles=list(hire.roles), skills=sorted(skills(hire.skills))
        )
        for cert in hire.certs:
            accounts.certify(staff, cert, date(2030, 6, 30))
    duty.adopt_standard(garden.community, by=SYSTEM)
    cycle = ["值", "", "", ""]
    duty.add_pattern(garden.community, by=SYSTEM, name=MANAGERS, cycle=cycle, anchor_on=date(2026, 1, 5))


def draft(garden: Garden, first: date, last: date) -> None:
    """Everybody's turns from `first` through `last`, not yet published."""
    for post, names in TEAMS.items():
        _generate(garden, FOUR, post, names, first, last)
    _generate(garden, MANAGERS, "manager", ON_THE_TELEPHONE, first, last)


def _generate(garden: Garden, pattern: str, post: str, names: Sequence[str], first: date, last: date) -> None:
    community = garden.community
    teams: list[list[Staff]] = [[garden.staff[name]] for name in names]
    duty.generate(
        queries.patterns(SYSTEM, community.id).get(name=pattern),
        post=queries.post(SYSTEM, community.id, post),
        teams=teams,
        first=first,
        last=last,
        by=SYSTEM,
    )


def publish(garden: Garden, first: date, last: date) -> None:
    """Draft it and bring it into force."""
    draft(garden, first, last)
    duty.publish(garden.community, first, last, by=SYSTEM, reason="首次排班")
