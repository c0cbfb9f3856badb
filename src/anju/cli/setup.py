"""anju setup 小区名称: the first community and the invitation of its first manager; the browser leads on from there."""

import argparse

from django.db import transaction

from anju.accounts import inviting, queries
from anju.cli import menu
from anju.core import clock, text
from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate.models import Community


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("name", help="小区名称，如 阳光花园")
    parser.add_argument("--code", default="main", help="小区代码：字母、数字和-，以后命令里用它指小区")
    parser.add_argument("--manager", default="管理员", help="第一位管理员的姓名")


def run(asked: argparse.Namespace) -> int:
    """Do what was asked for; until the first manager has come, the same again gives him a new link."""
    if not queries.nobody():
        return menu.fail("已经有员工账号了。再请人用 anju staff invite，忘了密码用 anju staff password")
    with transaction.atomic():
        community = _community(asked)
        for earlier in queries.invitations(SYSTEM, community.id):
            inviting.withdraw(earlier, by=SYSTEM)
        row, code = inviting.invite(
            community, name=asked.manager, phone="", dept="PM", roles=["PM", "ADM"], skills=[], by=SYSTEM
        )
    print(
        f"{community.name}已建好。请在{clock.local(row.expires_at):%m月%d日 %H:%M}前打开，定好账号和密码，页面会带您往下做："
    )
    print(inviting.link(code))
    return 0


def _community(asked: argparse.Namespace) -> Community:
    """The one there is, or a new one that has no hotline yet."""
    name = text.one_line(asked.name)
    if not name or len(name) > 60:
        raise ValueError("小区名称要1到60个字")
    found = queries.communities(SYSTEM).filter(code=asked.code).first()
    return found or estate.community(code=_slug(asked.code), name=name, sign="", hotline="")


def _slug(code: str) -> str:
    if not code.isascii() or not code.replace("-", "").isalnum() or len(code) > 40:
        raise ValueError("小区代码只能用字母、数字和-，最多40个")
    return code
