"""What the promises stand on, one check each. Red here means that one of them cannot be kept (I27)."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from anju.core import clock, ids
from anju.core.scope import SYSTEM
from anju.health import backups
from anju.health.finding import BAD, NOTE, OK, Check, Finding, all_of, judge
from anju.journal import run as news
from anju.notify import hold
from anju.notify import queries as notify
from anju.notify.choices import State
from anju.timers import run as timers
from anju.worker import beats

LITTLE_ROOM = 1 << 30
SKEW = timedelta(seconds=2)
LATE = timedelta(minutes=5)
LATE_STEP = timedelta(minutes=3)
"""A killed worker's timer waits two minutes for its lease; what waits longer waits for nobody."""
MANY = 100


def everything() -> list[Finding]:
    """All of it, in the order in which somebody should look."""
    return list(all_of(CHECKS))


def folder() -> Finding:
    """数据文件夹"""
    data = Path(settings.ANJU_DATA_DIR)
    try:
        data.mkdir(parents=True, exist_ok=True)
        trial = data / f".trial-{ids.token(6)}"
        trial.write_bytes(b"1")
        trial.unlink()
    except OSError as error:
        return Finding(
            _("数据文件夹"),
            BAD,
            _("%(folder)s 写不进：%(error)s") % {"folder": data, "error": error.strerror},
            _("改权限，或用 ANJU_DATA_DIR 换一个"),
        )
    return Finding(_("数据文件夹"), OK, _("%(folder)s 可写") % {"folder": data})


def room() -> Finding:
    """磁盘空间"""
    free = shutil.disk_usage(settings.ANJU_DATA_DIR).free
    says = _("还剩%(free).1f GB") % {"free": free / (1 << 30)}
    return judge(_("磁盘空间"), free >= LITTLE_ROOM, says, says, _("腾出至少1 GB；满了以后照片和工单都存不进"))


def skew() -> Finding:
    """时钟"""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        else:
            cursor.execute("SELECT strftime('%s', 'now')")
        theirs = datetime.fromtimestamp(float(cursor.fetchone()[0]), UTC)
    apart = abs(theirs - clock.now())
    wrong = _("与数据库差%(n)d秒") % {"n": apart.total_seconds()}
    return judge(_("时钟"), apart <= SKEW, _("与数据库一致"), wrong, _("两台机器都开 NTP 对时"))


def worker() -> Finding:
    """后台任务"""
    last = beats.newest()
    wrong = _("最后一次露面 %(at)s") % {"at": _shown(last)} if last else _("没有在运行")
    return judge(
        _("后台任务"),
        not beats.silent(),
        _("在运行"),
        wrong,
        _("运行 anju serve 或 anju work；没有它，时限和消息都不走"),
    )


def _shown(at: datetime) -> str:
    return f"{clock.local(at):%m-%d %H:%M:%S}"


def _behind(name: str, waited: timedelta) -> Finding:
    """Nothing waits longer than the lease of a killed worker."""
    wrong = _("最早的已误%(waited)s") % {"waited": waited}
    return judge(name, waited <= LATE_STEP, _("没有"), wrong, _("看后台任务是否在运行、跟不跟得上"))


def _parked(name: str, rows: list[str]) -> Finding:
    """Nothing failed so often that it waits for a person."""
    wrong = _("%(n)d个，例如 %(example)s") % {"n": len(rows), "example": rows[0] if rows else ""}
    return judge(name, not rows, _("没有"), wrong, _("看日志里的错误，修好后把 parked 改回 false"))


def late_timers() -> Finding:
    """误点的定时"""
    waited = timers.lateness(clock.now())
    return _behind(_("误点的定时"), waited)


def late_news() -> Finding:
    """误点的通知"""
    waited = news.lateness(clock.now())
    return _behind(_("误点的通知"), waited)


def parked_timers() -> Finding:
    """搁置的定时"""
    rows = [f"{row.kind} {row.subject_type}:{row.subject_id} {row.error}" for row in timers.parked()[:MANY]]
    return _parked(_("搁置的定时"), rows)


def parked_news() -> Finding:
    """搁置的通知"""
    rows = [f"{row.listener} {row.error}" for row in news.parked()[:MANY]]
    return _parked(_("搁置的通知"), rows)


def late() -> Finding:
    """积压的消息"""
    backlog = notify.backlog(clock.now())
    wrong = _("%(n)d条等着发，最早的已等%(waited)s") % {"n": backlog.due, "waited": backlog.oldest}
    return judge(
        _("积压的消息"),
        backlog.oldest <= LATE,
        _("%(n)d条待发") % {"n": backlog.due},
        wrong,
        _("看后台任务和短信通道是否正常"),
    )


def held() -> Finding:
    """消息暂停"""
    wrong = _("数据恢复后还没放行，一条也不发")
    return judge(
        _("消息暂停"), not hold.is_held(), _("没有暂停"), wrong, _("看过以后运行 anju restore --release cancel")
    )


def dead() -> Finding:
    """送不到的消息"""
    since = clock.now() - timedelta(days=1)
    rows = [one for one in notify.troubled(SYSTEM, MANY) if one.at >= since]
    broken = [one for one in rows if one.state == State.DEAD]
    if not rows:
        return Finding(_("送不到的消息"), OK, _("一天内没有"))
    example = f"{rows[0].template} {rows[0].reason_label}"
    says = _("一天内%(n)d条，例如 %(example)s") % {"n": len(rows), "example": example}
    return Finding(_("送不到的消息"), BAD if broken else NOTE, says, _("改打电话；查短信通道和模板变量"))


def backup() -> Finding:
    """备份"""
    name, limit, now = _("备份"), timedelta(hours=settings.ANJU_BACKUP_HOURS), clock.now()
    if not limit:
        return Finding(name, OK, _("由别的办法负责（ANJU_BACKUP_HOURS=0）"))
    how = _("每晚运行 anju backup，再运行 anju restore --verify")
    failed, made, proved = backups.failed(), backups.last(backups.MADE), backups.last(backups.PROVED)
    if failed:
        return Finding(
            name,
            BAD,
            _("最近一次检查没有通过：%(why)s") % {"why": failed},
            _("马上另做一份并检查；旧的先别删"),
        )
    if made is None:
        return Finding(name, NOTE, _("还没有备份过"), how)
    if now - made > limit:
        return Finding(name, BAD, _("最近一份是 %(at)s 的") % {"at": _shown(made)}, how)
    if proved is None or now - proved > limit:
        return Finding(name, NOTE, _("%(at)s 的一份，还没试过恢复") % {"at": _shown(made)}, how)
    return Finding(name, OK, _("%(at)s，试过能恢复") % {"at": _shown(made)})


GROUND: tuple[Check, ...] = (folder, room)
"""What holds without a database too."""
WORK: tuple[Check, ...] = (
    *(skew, worker, late_timers, late_news, parked_timers, parked_news),
    *(late, held, dead, backup),
)
CHECKS = (*GROUND, *WORK)
"""In the order in which somebody should look."""
