"""anju demo: fills an empty office with the demo community and its fortnight; a second run changes nothing."""

import argparse
import sys
from datetime import timedelta

from django.conf import settings
from django.db import connection

from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.chance import dice
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.estate.models import Community
from anju.journal import actions as journal
from anju.journal import queries as story
from anju.lab import garden
from anju.lab.demo import card, office, plan, register, visits
from anju.lab.demo.play import Play
from anju.lab.demo.stage import Stage
from anju.worker import beats

CODE = "sunshine-garden"
LAT, LNG = 31.2304, 121.4737
LOADED = "demo.loaded"
SEED = 7


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("--seed", type=int, default=SEED, help=f"随机数的种子，默认 {SEED}")


def run(asked: argparse.Namespace) -> int:
    """Load the demo unless it is there, and say how to log in."""
    found = list(accounts.communities(SYSTEM))
    ours = next((one for one in found if one.code == CODE), None)
    if ours is None:
        _check(bool(found))
        ours = _load(asked.seed)
    elif not story.of("community", ours.id).filter(verb=LOADED).exists():
        raise Refused("DEMO_HALF", f"演示数据上次没有装完；请清空数据文件夹再来：{settings.ANJU_DATA_DIR}")
    sys.stdout.write(card.text(ours))
    return 0


def _check(others: bool) -> None:
    if others:
        raise Refused("DEMO_ELSEWHERE", "这个数据库里有正式的小区，演示数据不往里装；请换一个 ANJU_DATA_DIR")
    if not beats.silent():
        raise Refused("DEMO_RUNNING", "后台任务正在运行，装演示数据要先停下 anju serve 和 anju work")


def _load(seed: int) -> Community:
    """A fortnight on a virtual clock that ends at this moment."""
    sys.stdout.write("正在装入演示小区：阳光花园的两个星期，约一分钟…\n")
    sys.stdout.flush()
    began, end = clock.stopwatch(), clock.now()
    _lightly(on=True)
    try:
        with clock.using(clock.VirtualClock(end - timedelta(days=plan.DAYS))):
            community = _live(seed)
    finally:
        _lightly(on=False)
    journal.record(
        LOADED, subject=("community", community.id), community_id=community.id, by=SYSTEM, data={"seed": seed}
    )
    sys.stdout.write(f"装好了，用了{clock.stopwatch() - began:.0f}秒\n")
    return community


def _live(seed: int) -> Community:
    chance, start = dice(seed), clock.now()
    planted = garden.plant(lat=LAT, lng=LNG, password=garden.PASSWORD)
    office.hire_more(planted)
    residents = register.build(planted, chance)
    stage = Stage()
    desk = office.Office(planted, residents, chance, stage, start + timedelta(days=plan.DAYS))
    play = Play(desk)
    for plot in plan.plots(desk):
        play.begin(plot)
    stage.at(start, desk.change_shifts)
    visits.begin(desk)
    stage.run(desk.now)
    return planted.community


def _lightly(*, on: bool) -> None:
    """Do not wait for the disk while loading: what is lost with the power can be loaded again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET synchronous_commit = off" if on else "RESET synchronous_commit")
        else:
            cursor.execute("PRAGMA synchronous = OFF" if on else "PRAGMA synchronous = FULL")
