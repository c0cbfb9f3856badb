"""anju staff add | invite | password | token: accounts from the command line; passwords are asked for or made, never
arguments."""

import argparse
import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from anju.accounts import actions as accounts
from anju.accounts import inviting, queries
from anju.accounts.choices import Dept, Role
from anju.accounts.jobs import JOBS
from anju.accounts.models import Staff
from anju.cli import menu
from anju.core import clock, ids
from anju.core.scope import SYSTEM
from anju.notify import actions as notify


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|invite|password|token")
    add = verbs.add_parser("add", help="新员工，或给已有员工在一个小区安排岗位")
    add.add_argument("login", help="登录名")
    add.add_argument("--name", help="显示的姓名，默认同登录名")
    add.add_argument("--community", help="小区代码；只有一个小区时可省")
    add.add_argument("--dept", choices=Dept.values, help="部门")
    add.add_argument("--role", choices=Role.values, action="append", default=[], help="角色，可重复")
    add.add_argument("--skill", action="append", default=[], help="技能（类别编码），可重复")
    add.add_argument("--phone", default="", help="手机号")
    call = verbs.add_parser("invite", help="发一个邀请链接：3天有效、只能用一次，本人自己定账号和密码")
    call.add_argument("name", help="姓名")
    call.add_argument("--job", choices=JOBS, required=True, help="做什么")
    call.add_argument("--community", help="小区代码；只有一个小区时可省")
    call.add_argument("--phone", default="", help="手机号")
    call.add_argument("--sms", action="store_true", help="用短信发邀请码")
    for verb, text in (("password", "改密码"), ("token", "发一个接口令牌，只显示这一次")):
        one = verbs.add_parser(verb, help=text)
        one.add_argument("login", help="登录名")
        if verb == "token":
            one.add_argument("--label", default="cli", help="用途")
    for one in (add, verbs.choices["password"]):
        one.add_argument("--made", action="store_true", help="由系统造一个密码并显示，不用输入")


def run(asked: argparse.Namespace) -> int:
    """Do what was asked for."""
    return {"add": _add, "invite": _invite, "password": _password, "token": _token}[asked.verb](asked)


def _invite(asked: argparse.Namespace) -> int:
    chosen = [one for one in queries.communities(SYSTEM) if asked.community in (None, one.code)]
    if len(chosen) != 1:
        return menu.fail("请用 --community 说明是哪个小区")
    job, community = JOBS[asked.job], chosen[0]
    row, code = inviting.invite(
        community,
        name=asked.name,
        phone=asked.phone,
        dept=job.dept,
        roles=list(job.roles),
        skills=job.skills,
        by=SYSTEM,
    )
    if asked.sms and row.phone:
        office = notify.Office(community.id, community.sign, community.hotline)
        to = notify.Recipient("phone", None, row.phone)
        notify.tell("T910", to=to, vars={"key": code}, about=("invitation", row.id), office=office)
    print(
        f"请 {row.name} 在{clock.local(row.expires_at):%m月%d日 %H:%M}前打开，自己定账号和密码：{inviting.link(code)}"
    )
    return 0


def _add(asked: argparse.Namespace) -> int:
    known = queries.staff_by_login(SYSTEM, asked.login)
    communities = list(queries.communities(SYSTEM))
    chosen = [one for one in communities if asked.community in (None, one.code)]
    if asked.dept and len(chosen) != 1:
        codes = "、".join(one.code for one in communities) or "还没有小区，先运行 anju estate import"
        return menu.fail(f"请用 --community 说明是哪个小区：{codes}")
    known = known or _new(asked)
    if asked.dept:
        accounts.join(known, chosen[0], dept=asked.dept, roles=asked.role, skills=asked.skill)
        print(f"{known.name} 在{chosen[0].name}：{asked.dept} {' '.join(asked.role)}")
    return 0


def _new(asked: argparse.Namespace) -> Staff:
    password = _new_password(asked)
    made = accounts.create_staff(
        login=asked.login, name=asked.name or asked.login, password=password, phone=asked.phone
    )
    print(f"已建账号 {asked.login}" + (f"，密码 {password}" if asked.made else ""))
    return made


def _password(asked: argparse.Namespace) -> int:
    staff = _staff(asked.login)
    password = _new_password(asked)
    accounts.set_password(staff, password, by=SYSTEM)
    print(f"{asked.login} 的密码已改，原来的登录都已失效" + (f"；新密码 {password}" if asked.made else ""))
    return 0


def _token(asked: argparse.Namespace) -> int:
    print(accounts.issue_token(staff=_staff(asked.login), label=asked.label))
    return 0


def _staff(login: str) -> Staff:
    found = queries.staff_by_login(SYSTEM, login)
    if found is None:
        raise ValueError(f"没有登录名为“{login}”的员工")
    return found


def _new_password(asked: argparse.Namespace) -> str:
    """A made one, or one typed (twice at a terminal, one line from a pipe). Raises ValueError for a weak one."""
    if asked.made:
        return ids.token(9)
    if sys.stdin.isatty():
        password = getpass.getpass("密码：")
        if password != getpass.getpass("再输一遍："):
            raise ValueError("两次输入不一样")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise ValueError("".join(str(one) for one in error.messages)) from error
    return password
