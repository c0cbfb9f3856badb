"""The shifts, posts and patterns most communities begin with; afterwards they are data of the community (R2.1)."""

from typing import Any

SHIFTS: tuple[dict[str, Any], ...] = (
    {"code": "早", "name": "早班", "begin_min": 480, "length_min": 480, "paid_min": 480},
    {"code": "白", "name": "行政班", "begin_min": 510, "length_min": 570, "paid_min": 480},
    {"code": "中", "name": "中班", "begin_min": 960, "length_min": 480, "paid_min": 480},
    {"code": "夜", "name": "夜班", "begin_min": 1440, "length_min": 480, "paid_min": 480},
    {"code": "全", "name": "24小时班", "begin_min": 480, "length_min": 1440, "paid_min": 1440},
    {"code": "值", "name": "值班经理", "begin_min": 480, "length_min": 1440, "paid_min": 0, "on_call": True},
    {"code": "备", "name": "在家待命", "begin_min": 1440, "length_min": 480, "paid_min": 0, "on_call": True},
)
"""夜 begins at 24:00 and belongs to the evening before: with it 四班三运转 has its rests."""

POSTS: tuple[dict[str, Any], ...] = (
    {"code": "seat", "name": "客服坐席", "dept": "CS", "vendor": True},
    {"code": "electric", "name": "值班电工", "dept": "ENG", "certs": ["低压电工"], "on_call": True},
    {"code": "water", "name": "值班水工", "dept": "ENG", "on_call": True},
    {"code": "guard", "name": "秩序班长", "dept": "SEC", "guarded": True},
    {"code": "manager", "name": "值班经理", "dept": "SEC", "role": "DM", "on_call": True},
)
FIRE_ROOM: dict[str, Any] = {
    "code": "fire",
    "name": "消防控制室",
    "dept": "SEC",
    "certs": ["消防设施操作员"],
    "heads": 2,
    "guarded": True,
}
"""[L] GB 25506: around the clock, not fewer than two per shift, where a fire control room exists."""

PATTERNS: tuple[dict[str, Any], ...] = (
    {"name": "四班三运转", "cycle": ["早", "早", "中", "中", "夜", "夜", "", ""], "step": 2},
    {"name": "做六休一", "cycle": ["早", "早", "早", "早", "早", "早", ""], "step": 1},
    {"name": "上24休48", "cycle": ["全", "", ""], "step": 1},
    {"name": "行政班", "cycle": ["白", "白", "白", "白", "白", "", ""], "step": 0},
)
"""行政班 is anchored on a Monday."""
