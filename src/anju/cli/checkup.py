"""The checks of `anju doctor`, one function each; a check that itself breaks is a finding, not a traceback."""

import shutil
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection

from anju.cli import defaults, migrate
from anju.cli.settings import database
from anju.core import clock, ids
from anju.core.scope import SYSTEM
from anju.journal import run as news
from anju.notify import catalog, hold, lint
from anju.notify import queries as notify
from anju.notify.choices import State
from anju.timers import run as timers
from anju.ui import vendor
from anju.worker import beats

LITTLE_ROOM = 1 << 30
SKEW = timedelta(seconds=2)
LATE = timedelta(minutes=5)
MANY = 100
PYTHON = (3, 11)
SUMMER = datetime(2026, 7, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer: ok, note (good to know) or bad, and what to do about it."""

    name: str
    state: str
    says: str
    mend: str = ""

    def plain(self) -> dict[str, str]:
        return asdict(self)


def everything() -> Iterator[Finding]:
    """All checks in order; those that need the tables only when the tables are there."""
    for check in (runtime, folder, room, keys, static, packages, port):
        yield _safely(check)
    first = _safely(tables)
    yield first
    if first.state == "bad":
        return
    for check in (skew, worker, parked_timers, parked_news, late, held, dead, channels, templates, passwords):
        yield _safely(check)


def _safely(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except (DatabaseError, OSError) as error:
        words = " ".join(str(error).split())
        return Finding(check.__doc__ or check.__name__, "bad", words, "检查 ANJU_DATABASE_URL 和数据库服务")


def _judge(name: str, good: bool, says: str, wrong: str, mend: str) -> Finding:
    return Finding(name, "ok", says) if good else Finding(name, "bad", wrong, mend)


def runtime() -> Finding:
    """运行环境"""
    running = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info >= PYTHON and clock.local(SUMMER).utcoffset() == timedelta(hours=8)
    wrong = f"Python {running}，时区数据不对" if sys.version_info >= PYTHON else f"Python {running} 太旧"
    return _judge("运行环境", good, f"Python {running}，时区数据齐全", wrong, "运行 bin/setup，需要 Python 3.11")


def folder() -> Finding:
    """数据文件夹"""
    data = Path(settings.ANJU_DATA_DIR)
    try:
        data.mkdir(parents=True, exist_ok=True)
        trial = data / f".doctor-{ids.token(6)}"
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        return Finding("数据文件夹", "bad", f"{data} 写不进：{error.strerror}", "改权限，或用 ANJU_DATA_DIR 换一个")
    return Finding("数据文件夹", "ok", f"{data} 可写")


def room() -> Finding:
    """磁盘空间"""
    free = shutil.disk_usage(settings.ANJU_DATA_DIR).free
    says = f"还剩{free / (1 << 30):.1f} GB"
    return _judge("磁盘空间", free >= LITTLE_ROOM, says, says, "腾出至少1 GB；满了以后照片和工单都存不进")


def keys() -> Finding:
    """密钥文件"""
    files = [Path(settings.ANJU_MASTER_KEY_FILE), Path(settings.ANJU_DATA_DIR) / "secret.key"]
    open_ = [str(file) for file in files if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077]
    wrong = f"别人也读得到：{' '.join(open_)}"
    return _judge("密钥文件", not open_, "只有本用户可读", wrong, f"chmod 600 {' '.join(open_)}")


def static() -> Finding:
    """静态文件"""
    made = (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file() or settings.DEBUG
    return _judge("静态文件", made, "已生成", f"{settings.STATIC_ROOT} 里没有", "运行 bin/setup")


def packages() -> Finding:
    """网页组件"""
    missing = [name for name in vendor.FILES.values() if not (Path(settings.STATICFILES_DIRS[0]) / name).is_file()]
    built = (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file()
    return _judge(
        "网页组件",
        built or not missing,
        "齐全",
        f"缺{len(missing)}个：{missing[:1]}",
        "运行 bin/setup（要有 node 和 npm）",
    )


def port() -> Finding:
    """端口"""
    where = urlsplit(settings.ANJU_BASE_URL).port or 8000
    try:
        with socket.create_server(("127.0.0.1", where)):
            return Finding("端口", "ok", f"{where} 空着")
    except OSError:
        if not beats.silent():
            return Finding("端口", "ok", f"{where} 有程序在用，后台任务也在运行")
        return Finding("端口", "note", f"{where} 被别的程序占了", f"换一个：anju serve --port {where + 1}")


def tables() -> Finding:
    """数据库"""
    missing = migrate.pending()
    return _judge("数据库", not missing, database(), f"{database()} 差{len(missing)}步", "运行 anju migrate")


def skew() -> Finding:
    """时钟"""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        else:
            cursor.execute("SELECT strftime('%s', 'now')")
        theirs = datetime.fromtimestamp(float(cursor.fetchone()[0]), UTC)
    apart = abs(theirs - clock.now())
    wrong = f"与数据库差{apart.total_seconds():.0f}秒"
    return _judge("时钟", apart <= SKEW, "与数据库一致", wrong, "两台机器都开 NTP 对时")


def worker() -> Finding:
    """后台任务"""
    last = beats.newest()
    wrong = f"最后一次露面 {clock.local(last):%m-%d %H:%M:%S}" if last else "没有在运行"
    return _judge(
        "后台任务", not beats.silent(), "在运行", wrong, "运行 anju serve 或 anju work；没有它，时限和消息都不走"
    )


def parked_timers() -> Finding:
    """搁置的定时"""
    rows = [f"{row.kind} {row.subject_type}:{row.subject_id} {row.error}" for row in timers.parked()[:MANY]]
    return _judge(
        "搁置的定时", not rows, "没有", f"{len(rows)}个：{rows[:1]}", "看日志里的错误，修好后把 parked 改回 false"
    )


def parked_news() -> Finding:
    """搁置的通知"""
    rows = [f"{row.listener} {row.error}" for row in news.parked()[:MANY]]
    return _judge(
        "搁置的通知", not rows, "没有", f"{len(rows)}条：{rows[:1]}", "看日志里的错误，修好后把 parked 改回 false"
    )


def late() -> Finding:
    """积压的消息"""
    backlog = notify.backlog(clock.now())
    wrong = f"{backlog.due}条等着发，最早的已等{backlog.oldest}"
    return _judge("积压的消息", backlog.oldest <= LATE, f"{backlog.due}条待发", wrong, "看后台任务和短信通道是否正常")


def held() -> Finding:
    """消息暂停"""
    wrong = "数据恢复后还没放行，一条也不发"
    return _judge("消息暂停", not hold.is_held(), "没有暂停", wrong, "看过以后运行 anju restore --release cancel")


def dead() -> Finding:
    """送不到的消息"""
    since = clock.now() - timedelta(days=1)
    rows = [one for one in notify.troubled(SYSTEM, MANY) if one.at >= since]
    broken = [one for one in rows if one.state == State.DEAD]
    if not rows:
        return Finding("送不到的消息", "ok", "一天内没有")
    says = f"一天内{len(rows)}条，例如 {rows[0].template} {rows[0].reason_label}"
    return Finding("送不到的消息", "bad" if broken else "note", says, "改打电话；查短信通道和模板变量")


def channels() -> Finding:
    """消息通道"""
    wrong = [str(one.msg) for one in run_checks() if one.id == "channels.E001"]
    simulated = [letter for letter, name in settings.ANJU_CHANNELS.items() if name.endswith(".simulator")]
    if wrong:
        return Finding("消息通道", "bad", wrong[0], "改 ANJU_SMS、ANJU_WECHAT、ANJU_VOICE")
    if simulated and not settings.ANJU_DEMO and not settings.ANJU_LAB:
        return Finding(
            "消息通道", "note", f"{'、'.join(simulated)} 是模拟的，没有人会收到", "接上真的通道：docs/settings.md"
        )
    return Finding("消息通道", "ok", "、".join(f"{letter} {name}" for letter, name in settings.ANJU_CHANNELS.items()))


def templates() -> Finding:
    """短信模板"""
    sms = {code: one for code, one in catalog.templates().items() if "S" in one.channels}
    wrong = [f"{code} {' '.join(found)}" for code, one in sms.items() if (found := lint.problems(one))]
    return _judge("短信模板", not wrong, f"{len(sms)}个都合规", "；".join(wrong), "改 templates.psv")


def passwords() -> Finding:
    """演示密码"""
    found = defaults.known()
    wrong = f"{len(found)}个账号还在用演示的密码：{'、'.join(found[:3])}"
    return _judge("演示密码", not found, "没有账号用演示的密码", wrong, defaults.MEND)
