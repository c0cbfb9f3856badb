"""Running a command that works in the office: Django set up before, its errors told in one line."""

from importlib import import_module
from typing import Any, cast

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility
from django.core.management.base import CommandError
from django.db import DatabaseError, connections

from anju.cli import menu
from anju.core.errors import Refused

NOT_THERE = ("no such table", "no such column", "does not exist")


def run(command: menu.Command | None, words: list[str]) -> int:
    """Run one of our commands, or with None the command of Django that the words name."""
    try:
        if command is None:
            ManagementUtility(["anju", *words]).execute()
            return 0
        if command.before:
            import_module(command.before).prepare(words[1:])
        if not command.pool:
            settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
        django.setup()
        try:
            return menu.call(command, words[1:])
        finally:
            _hang_up()
    except Refused as error:
        return menu.fail(str(error.message))
    except DatabaseError as error:
        return menu.fail(_database(error))
    except (ImproperlyConfigured, CommandError) as error:
        return menu.fail(" ".join(str(error).split()))


def _hang_up() -> None:
    """Close the pool of connections; left to the end of the process, its threads may hold that up for seconds."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql" and connection.settings_dict["OPTIONS"].get("pool"):
            cast("Any", connection).close_pool()


def _database(error: DatabaseError) -> str:
    words = " ".join(str(error).split())
    if any(sign in words for sign in NOT_THERE):
        return f"数据库还没建好或不是最新，请先运行 anju migrate（{words}）"
    return f"数据库出错：{words}"
