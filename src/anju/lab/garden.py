"""阳光花园: the people and places of all scenarios (domain file 00 §0.5), made through the product's own actions."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.contrib.auth.hashers import make_password

from anju.accounts import actions as accounts
from anju.accounts.jobs import BUILDING, ELECTRIC, GUARD, WATER, skills
from anju.accounts.models import Membership, Staff
from anju.accounts.rules import DEMO_PASSWORD
from anju.core import clock
from anju.estate import actions as estate
from anju.estate.models import Asset, Community, Person, Place, Room
from anju.privacy.actions import agreeing

START = datetime(2026, 3, 2, 9, 0, tzinfo=clock.SHANGHAI)
PASSWORD = DEMO_PASSWORD


@dataclass(frozen=True, slots=True)
class Hire:
    """One member of staff: name, department, roles, skills by leaf prefix, and his shifts of the day."""

    name: str
    dept: str
    roles: tuple[str, ...]
    skills: tuple[str, ...] = ()
    shift: str = ""
    always: bool = False
    on_call: bool = False
    certs: tuple[str, ...] = ()


STAFF = (
    Hire("李敏", "CS", ("CS",), shift="早"),
    Hire("王芳", "CS", ("CS",), shift="中"),
    Hire("赵静", "CS", ("CSS",), always=True),
    Hire("周强", "PM", ("PM",), always=True),
    Hire("高工", "ENG", ("WK",), ELECTRIC + BUILDING, shift="早", on_call=True, certs=("低压电工",)),
    Hire("刘工", "ENG", ("WK",), ELECTRIC + BUILDING, shift="中", certs=("低压电工",)),
    Hire("陈师傅", "ENG", ("WK",), WATER + BUILDING, shift="早", on_call=True),
    Hire("马师傅", "ENG", ("WK",), WATER + BUILDING, shift="中"),
    Hire("吴刚", "ENG", ("SUP",), always=True),
    Hire("孙涛", "SEC", ("WK",), GUARD, shift="早", certs=("保安员",)),
    Hire("丁浩", "SEC", ("WK",), GUARD, shift="中", certs=("保安员",)),
    Hire("郑强", "SEC", ("WK",), GUARD, shift="夜", certs=("保安员",)),
    Hire("何勇", "SEC", ("SUP", "DM"), always=True),
    Hire("蔡姐", "CLN", ("WK",), ("*CLN", "*GRN"), shift="早"),
    Hire("钱丽", "FIN", ("FIN",), always=True),
    Hire("郑洁", "QLT", ("QLT",), always=True),
    Hire("林悦", "COMP", ("COMP",), always=True),
    Hire("韩梅", "HR", ("HR",), always=True),
    Hire("外包01", "CS", ("OUT",), shift="外"),
    Hire("电梯公司", "EXT", ("VEND",), ("EL",), always=True),
)
SHIFTS = {"早": ((8, 16),), "中": ((16, 24),), "夜": ((0, 8),), "外": ((22, 24), (0, 8))}
OWNERS = (
    ("张伟", "13800005678", "3-1-1203", "OWNER", True),
    ("王秀英", "13900122041", "3-1-0803", "OWNER", True),
    ("李建国", "13700066001", "3-1-0803", "COOWNER", True),
    ("欧阳明", "13600077002", "5-2-3A01", "OWNER", True),
    ("陈静", "13500088003", "3-1-0803", "TENANT", True),
    ("孙立", "13400099004", "5-2-0501", "OWNER", True),
)
ROOMS = (
    ("3-1-1203", "12", 12, 8883),
    ("3-1-0803", "8", 8, 12035),
    ("5-2-3A01", "3A", 4, 6660),
    ("5-2-0501", "5", 5, 9012),
)
PLACES = (
    ("B3", "3栋", "楼栋", "3", "", ""),
    ("B3-1", "3栋1单元", "单元", "3", "1", "B3"),
    ("B3-1-L", "3栋1单元大堂", "大堂", "3", "1", "B3-1"),
    ("B5", "5栋", "楼栋", "5", "", ""),
    ("B5-2", "5栋2单元", "单元", "5", "2", "B5"),
    ("G-B1", "地下车库B1", "地库", "", "", ""),
    ("N-GATE", "北门岗亭", "出入口", "", "", ""),
    ("GARDEN", "中心花园", "绿地", "", "", ""),
    ("PUMP", "水泵房", "设备房", "", "", ""),
)
ASSETS = (
    ("EL-0301-1", "3栋1单元1号电梯", "电梯", "B3-1", True),
    ("EL-0502-1", "5栋2单元1号电梯", "电梯", "B5-2", True),
    ("BAR-N", "北门道闸", "道闸", "N-GATE", False),
    ("PMP-1", "生活水泵1号", "水泵", "PUMP", False),
    ("DOOR-0301", "3栋1单元门禁", "门禁", "B3-1", False),
)


@dataclass(slots=True)
class Garden:
    """The fixture in hand."""

    community: Community
    staff: dict[str, Staff] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)


def plant(*, lat: float | None = None, lng: float | None = None, password: str | None = None) -> Garden:
    """Make the community, its land register and its staff as they are on duty at the clock's present moment."""
    community = estate.community(
        code="sunshine-garden",
        name="阳光花园",
        sign="阳光物业",
        hotline="400-800-1234",
        address="阳光路1号",
        lat=lat,
        lng=lng,
    )
    garden = Garden(community)
    _people(garden)
    _places(garden)
    hashed = make_password(password)
    for hire in STAFF:
        _hire(garden, hire, hashed)
    agreeing.signed_on_entry(list(garden.staff.values()))
    return garden


def _people(garden: Garden) -> None:
    for code, label, ordinal, area_c in ROOMS:
        garden.rooms[code] = estate.room(
            garden.community, code, floor_label=label, floor_ordinal=ordinal, area_c=area_c
        )
    for name, phone, code, role, wechat in OWNERS:
        openid = f"openid-{phone}" if wechat else ""
        person = estate.person(community_id=garden.community.id, name=name, phones=[phone], openid=openid)
        garden.people[name] = person
        estate.occupy(garden.rooms[code], person, role, is_primary=role == "OWNER", is_bill_payer=role == "OWNER")


def _places(garden: Garden) -> None:
    for code, name, kind, building, unit, parent in PLACES:
        garden.places[code] = estate.place(
            garden.community,
            code,
            name,
            kind,
            building_no=building,
            unit_no=unit,
            parent=garden.places.get(parent),
        )
    for code, name, kind, where, vendor in ASSETS:
        until = date(2026, 12, 31) if vendor else None
        garden.assets[code] = estate.asset(
            garden.places[where], code, name, kind, vendor="电梯公司" if vendor else "", vendor_until=until
        )
    for place in garden.places.values():
        estate.label_of(place)
    for asset in garden.assets.values():
        estate.label_of(asset)


def _hire(garden: Garden, hire: Hire, hashed: str) -> None:
    index = len(garden.staff)
    staff = accounts.create_staff(login=hire.name, name=hire.name, hashed=hashed, phone=f"139000{10000 + index}")
    garden.staff[hire.name] = staff
    garden.members[hire.name] = accounts.join(
        staff,
        garden.community,
        dept=hire.dept,
        roles=list(hire.roles),
        skills=sorted(skills(hire.skills)),
        on_shift=on_duty(hire, clock.now()),
        on_call=hire.on_call,
    )
    for cert in hire.certs:
        accounts.certify(staff, cert, date(2027, 6, 30))


def on_duty(hire: Hire, at: datetime) -> bool:
    """Whether the duty table of 2026-03-02, repeated every day, has him at work."""
    hour = clock.local(at).hour
    return hire.always or any(begin <= hour < end for begin, end in SHIFTS.get(hire.shift, ()))


def next_change(after: datetime) -> datetime:
    """The next moment at which a shift begins or ends: 00:00, 08:00, 16:00, 22:00."""
    local = clock.local(after)
    for hour in (8, 16, 22):
        if local.hour < hour:
            return clock.on(local.date(), time(hour))
    return clock.day_start(after) + DAY


DAY = clock.iso_duration("P1D")
