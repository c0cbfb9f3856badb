"""anju demo: fills an empty office with the demo community and its fortnight; a second run changes nothing."""

import argparse
import logging
import sys
from datetime import timedelta

import segno
from django.conf import settings
from django.db import transaction

from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.scope import SYSTEM
from anju.estate import labels
from anju.estate import queries as estate
from anju.estate.models import Community
from anju.lab.demo import story
from anju.lab.garden import OWNERS, PASSWORD

CODE = "sunshine-garden"
LOGINS = (
    ("李敏", "客服专员：电话、队列、派单"),
    ("赵静", "客服主管：红灯、升级、回访"),
    ("陈师傅", "维修：手机上接单、到场、完成"),
    ("吴刚", "工程主管：批挂起、督办"),
    ("周强", "项目经理：看全局、裁定"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("--quiet", action="store_true", help="只在出错时说话")


def run(asked: argparse.Namespace) -> int:
    """Plant the community and its fortnight unless an office is there already."""
    communities = list(accounts.communities(SYSTEM))
    found = next((one for one in communities if one.code == CODE), None)
    if found is None and communities:
        sys.stderr.write("anju: 这个数据库里有正式的小区，演示数据不装在里面。请换一个 ANJU_DATA_DIR\n")
        return 1
    if found is None:
        began = clock.stopwatch()
        sys.stdout.write("正在演一遍最近两个星期，大约半分钟……\n")
        sys.stdout.flush()
        found = _play()
        sys.stdout.write(f"演示数据已装好，用了{clock.stopwatch() - began:.0f}秒\n")
    if not asked.quiet:
        sys.stdout.write(_welcome(found))
    return 0


def _play() -> Community:
    """All of it or nothing: whoever breaks off finds an empty office again."""
    until = clock.now()
    level = logging.getLogger("anju").level
    logging.getLogger("anju").setLevel(logging.ERROR)
    try:
        with clock.using(clock.VirtualClock(until - timedelta(days=story.DAYS))), transaction.atomic():
            return story.tell(until).garden.community
    finally:
        logging.getLogger("anju").setLevel(level)


def _welcome(community: Community) -> str:
    """Addresses, logins, and one printed code to report with."""
    base = settings.ANJU_BASE_URL.rstrip("/")
    label = next(one for one in estate.labels(SYSTEM, community.id) if one.asset and one.asset.code == "EL-0301-1")
    link = f"{base}/r/{labels.signed(label.code)}/"
    lines = [
        "",
        f"  工作台    {base}/login/　用姓名登录，密码都是 {PASSWORD}",
        *(f"              {name}　{what}" for name, what in LOGINS),
        f"  师傅端    {base}/field/　陈师傅",
        f"  业主      {base}/me/　用手机号登录，验证码在工作台的“消息模拟器”里看",
        *(f"              {phone}　{name} {room}" for name, phone, room, _role, _wechat in OWNERS[:3]),
        f"  扫码报事  {link}　3栋1单元1号电梯上贴的码",
        "",
        "",
    ]
    return "\n".join(lines) + (_code(link) if sys.stdout.isatty() else "")


def _code(link: str) -> str:
    """The code as the terminal can show it."""
    rows = [list(row) for row in segno.make(link, error="l").matrix_iter(border=2)]
    pairs = zip(rows[::2], [*rows[1::2], [0] * len(rows[0])], strict=False)
    blocks = {(0, 0): "█", (1, 0): "▄", (0, 1): "▀", (1, 1): " "}
    return (
        "\n".join("    " + "".join(blocks[bool(a), bool(b)] for a, b in zip(*pair, strict=True)) for pair in pairs)
        + "\n"
    )
