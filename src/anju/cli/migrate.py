"""anju migrate: makes or updates the tables; --check only says whether that is needed."""

import argparse

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from anju.cli import menu


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("--check", action="store_true", help="只检查；需要更新时退出码为1")
    parser.add_argument("--verbosity", type=int, default=1, choices=range(4), help="0 安静，1 平常")


def run(asked: argparse.Namespace) -> int:
    """Bring the database up to date."""
    missing = pending()
    if asked.check:
        return menu.fail(f"有{len(missing)}步没有做，请运行 anju migrate") if missing else 0
    call_command("migrate", interactive=False, verbosity=0)
    if asked.verbosity:
        print(f"数据库已更新（{len(missing)}步）" if missing else "数据库已是最新")
    return 0


def pending() -> list[str]:
    """Names of the migrations that have not been applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
