"""The checks of `anju doctor`: how this office was set up, and then whether it can keep its promises (`health`)."""

import socket
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import run_checks

from anju.cli import defaults, migrate
from anju.cli.settings import database
from anju.core import clock, paper
from anju.health import checks
from anju.health.finding import BAD, NOTE, OK, Finding, all_of, judge, safely
from anju.notify import catalog, lint
from anju.ui import vendor
from anju.worker import beats

PYTHON = (3, 11)
SUMMER = datetime(2026, 7, 1, tzinfo=UTC)


def everything() -> Iterator[Finding]:
    """All checks in order; those that need the tables only when the tables are there."""
    yield from all_of((runtime, *checks.GROUND, keys, static, packages, letters, port))
    first = safely(tables)
    yield first
    if first.state != BAD:
        yield from all_of((*checks.WORK, channels, templates, passwords))


def runtime() -> Finding:
    """运行环境"""
    running = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info >= PYTHON and clock.local(SUMMER).utcoffset() == timedelta(hours=8)
    wrong = f"Python {running}，时区数据不对" if sys.version_info >= PYTHON else f"Python {running} 太旧"
    return judge("运行环境", good, f"Python {running}，时区数据齐全", wrong, "运行 bin/setup，需要 Python 3.11")


def keys() -> Finding:
    """密钥文件"""
    files = [Path(settings.ANJU_MASTER_KEY_FILE), Path(settings.ANJU_DATA_DIR) / "secret.key"]
    open_ = [str(file) for file in files if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077]
    wrong = f"别人也读得到：{' '.join(open_)}"
    return judge("密钥文件", not open_, "只有本用户可读", wrong, f"chmod 600 {' '.join(open_)}")


def static() -> Finding:
    """静态文件"""
    made = (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file() or settings.DEBUG
    return judge("静态文件", made, "已生成", f"{settings.STATIC_ROOT} 里没有", "运行 bin/setup")


def packages() -> Finding:
    """网页组件"""
    missing = [name for name in vendor.FILES.values() if not (Path(str(settings.STATICFILES_DIRS[0])) / name).is_file()]
    built = (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file()
    return judge(
        "网页组件",
        built or not missing,
        "齐全",
        f"缺{len(missing)}个：{missing[:1]}",
        "运行 bin/setup（要有 node 和 npm）",
    )


def letters() -> Finding:
    """中文字体"""
    there = paper.families()
    if there:
        return Finding("中文字体", OK, there[0])
    return Finding("中文字体", NOTE, "没有，二维码不能打印成PDF，只能用浏览器打印", "安装 fonts-noto-cjk")


def port() -> Finding:
    """端口"""
    where = urlsplit(settings.ANJU_BASE_URL).port or 8000
    try:
        with socket.create_server(("127.0.0.1", where)):
            return Finding("端口", OK, f"{where} 空着")
    except OSError:
        if not beats.silent():
            return Finding("端口", OK, f"{where} 有程序在用，后台任务也在运行")
        return Finding("端口", NOTE, f"{where} 被别的程序占了", f"换一个：anju serve --port {where + 1}")


def tables() -> Finding:
    """数据库"""
    missing = migrate.pending()
    return judge("数据库", not missing, database(), f"{database()} 差{len(missing)}步", "运行 anju migrate")


def channels() -> Finding:
    """消息通道"""
    wrong = [str(one.msg) for one in run_checks() if one.id == "channels.E001"]
    simulated = [letter for letter, name in settings.ANJU_CHANNELS.items() if name.endswith(".simulator")]
    if wrong:
        return Finding("消息通道", BAD, wrong[0], "改 ANJU_SMS、ANJU_WECHAT、ANJU_VOICE")
    if simulated and not settings.ANJU_DEMO and not settings.ANJU_LAB:
        return Finding(
            "消息通道", NOTE, f"{'、'.join(simulated)} 是模拟的，没有人会收到", "接上真的通道：docs/settings.md"
        )
    return Finding("消息通道", OK, "、".join(f"{letter} {name}" for letter, name in settings.ANJU_CHANNELS.items()))


def templates() -> Finding:
    """短信模板"""
    sms = {code: one for code, one in catalog.templates().items() if "S" in one.channels}
    wrong = [f"{code} {' '.join(found)}" for code, one in sms.items() if (found := lint.problems(one))]
    return judge("短信模板", not wrong, f"{len(sms)}个都合规", "；".join(wrong), "改 templates.psv")


def passwords() -> Finding:
    """演示密码"""
    found = defaults.known()
    wrong = f"{len(found)}个账号还在用演示的密码：{'、'.join(found[:3])}"
    return judge("演示密码", not found, "没有账号用演示的密码", wrong, defaults.MEND)
