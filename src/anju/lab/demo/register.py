"""The rest of 阳光花园: more buildings with the odd numbers of real ones, and the people who live there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from anju.accounts.queries import scope_of_person
from anju.core.chance import Dice
from anju.core.scope import Scope
from anju.estate import actions as estate
from anju.estate.models import Person, Room
from anju.lab.garden import Garden

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀兰",
    "霞",
    "平",
    "刚",
    "桂英",
    "建华",
    "建国",
    "志强",
    "秀梅",
    "玉兰",
    "丽华",
    "海燕",
    "晓东",
    "晓燕",
    "文博",
    "子涵",
    "雨桐",
    "浩然",
    "欣怡",
    "思远",
    "佳宁",
    "梓轩",
    "一诺",
    "嘉豪",
    "俊杰",
    "雅婷",
    "美玲",
    "国庆",
    "春梅",
    "红梅",
    "金凤",
    "德福",
    "淑珍",
    "永红",
    "卫东",
    "爱华",
    "少华",
]
DOUBLE = ("欧阳", "司马", "上官", "诸葛")
MOBILES = [
    "130",
    "131",
    "135",
    "136",
    "138",
    "139",
    "150",
    "151",
    "158",
    "159",
    "176",
    "177",
    "186",
    "188",
    "189",
    "199",
]
FLOORS = ("1", "2", "3", "3A", "5", "6", "7", "8", "9", "10", "11", "12")
"""Nobody wants to live on the fourth floor: 3A it says in the lift."""
TOWERS = (("1", "1"), ("1", "2"), ("2", "1"), ("2", "2"), ("3", "1"), ("5", "1"), ("5", "2"), ("7", "1"))
HOMES = ("01", "02")
OTHERS = (
    *((f"S-{number:02d}", "1", 1, "SHOP", 5600) for number in range(1, 13)),
    *((f"{number}号", "1", 1, "HOME", 24300) for number in (66, 88)),
    *((f"B1-{number:03d}", "B1", -1, "PARKING", 1325) for number in range(1, 41)),
    ("B1", "B1", -1, "STORAGE", 900),
)
MORE_PLACES = (
    ("S-GATE", "南门岗亭", "出入口", "", ""),
    ("PLAY", "儿童乐园", "其他", "", ""),
    ("ROAD", "小区主干道", "道路", "", ""),
    ("POWER", "配电房", "设备房", "", ""),
)
MORE_ASSETS = (
    ("BAR-S", "南门道闸", "道闸", "S-GATE"),
    ("CHG-1", "地库充电桩1号", "充电桩", "G-B1"),
    ("CAM-07", "中心花园监控", "监控", "GARDEN"),
    ("LAMP-12", "12号路灯", "路灯", "ROAD"),
    ("FIT-2", "儿童滑梯", "健身器材", "PLAY"),
    ("PWR-1", "1号配电柜", "配电", "POWER"),
)


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who may report: with his home, his phone and his scope."""

    name: str
    person: Person
    room: Room
    phone: str
    scope: Scope


@transaction.atomic
def build(garden: Garden, dice: Dice, towers: Sequence[tuple[str, str]] = TOWERS) -> list[Resident]:
    """Add towers, shops, villas, parking places and who lives there; gives everybody who may report."""
    _places(garden)
    phones = _phones(dice)
    people = _cast(garden)
    homes = [room for tower in towers for room in _tower(garden, *tower)]
    homes += [
        garden.rooms.setdefault(
            code, estate.room(garden.community, code, floor_label=label, floor_ordinal=floor, usage=usage, area_c=area)
        )
        for code, label, floor, usage, area in OTHERS
    ]
    for room in homes:
        if room.usage in ("PARKING", "STORAGE") or dice.random() < 0.12:
            continue
        people += _household(room, dice, phones)
    return people


def _cast(garden: Garden) -> list[Resident]:
    found = []
    for name, person in garden.people.items():
        contact, room = person.contacts.first(), person.occupancies.select_related("room").first()
        if contact is not None and room is not None:
            found.append(Resident(name, person, room.room, contact.phone, scope_of_person(person)))
    return found


def _tower(garden: Garden, building: str, unit: str) -> Iterator[Room]:
    """The rooms of one stairway that are not there yet."""
    for ordinal, label in enumerate(FLOORS, 1):
        for home in HOMES:
            code = f"{building}-{unit}-{label if label == '3A' else label.zfill(2)}{home}"
            if code not in garden.rooms:
                area = 6660 + 1180 * HOMES.index(home)
                garden.rooms[code] = estate.room(
                    garden.community, code, floor_label=label, floor_ordinal=ordinal, area_c=area
                )
                yield garden.rooms[code]


def _household(room: Room, dice: Dice, phones: Iterator[str]) -> list[Resident]:
    """One to three people: owner, perhaps a co-owner or a tenant; a shop belongs to a company."""
    shop = room.usage == "SHOP"
    roles = ["OWNER", *(["COOWNER"] if dice.random() < 0.25 else []), *(["TENANT"] if dice.random() < 0.3 else [])]
    found = []
    for role in roles:
        phone, kind = next(phones), "COMPANY" if shop and role == "OWNER" else "HUMAN"
        name = f"{_surname(dice)}记餐饮有限公司" if kind == "COMPANY" else _surname(dice) + dice.choice(GIVEN)
        openid = f"openid-{phone}" if dice.random() < 0.7 else ""
        person = estate.person(community_id=room.community_id, name=name, phones=[phone], openid=openid, kind=kind)
        owns = role == "OWNER"
        estate.occupy(room, person, role, is_primary=owns, is_bill_payer=owns)
        found.append(Resident(name, person, room, phone, scope_of_person(person)))
    return found


def _surname(dice: Dice) -> str:
    return dice.choice(DOUBLE) if dice.random() < 0.02 else dice.choice(SURNAMES)


def _phones(dice: Dice) -> Iterator[str]:
    """Mobile numbers, none twice and none of the cast's or the staff's."""
    seen = set()
    while True:
        phone = f"{dice.choice(MOBILES)}{dice.randrange(10**8):08d}"
        if phone not in seen and not phone.startswith("1390001"):
            seen.add(phone)
            yield phone


def _places(garden: Garden) -> None:
    for building in dict.fromkeys(building for building, _unit in TOWERS):
        _place(garden, f"B{building}", f"{building}栋", "楼栋", building, "")
    for building, unit in TOWERS:
        _place(garden, f"B{building}-{unit}", f"{building}栋{unit}单元", "单元", building, unit)
        _place(garden, f"B{building}-{unit}-L", f"{building}栋{unit}单元大堂", "大堂", building, unit)
        _asset(
            garden,
            f"EL-{building.zfill(2)}{unit.zfill(2)}-1",
            f"{building}栋{unit}单元1号电梯",
            "电梯",
            f"B{building}-{unit}",
        )
        _asset(
            garden,
            f"DOOR-{building.zfill(2)}{unit.zfill(2)}",
            f"{building}栋{unit}单元门禁",
            "门禁",
            f"B{building}-{unit}",
        )
    for code, name, kind, building, unit in MORE_PLACES:
        _place(garden, code, name, kind, building, unit)
    for code, name, kind, where in MORE_ASSETS:
        _asset(garden, code, name, kind, where)


def _place(garden: Garden, code: str, name: str, kind: str, building: str, unit: str) -> None:
    if code not in garden.places:
        parent = garden.places.get(code.rpartition("-")[0])
        garden.places[code] = estate.place(
            garden.community, code, name, kind, building_no=building, unit_no=unit, parent=parent
        )
        estate.label_of(garden.places[code])


def _asset(garden: Garden, code: str, name: str, kind: str, where: str) -> None:
    known = {asset.name for asset in garden.assets.values()}
    if code not in garden.assets and name not in known:
        garden.assets[code] = estate.asset(garden.places[where], code, name, kind)
        estate.label_of(garden.assets[code])
