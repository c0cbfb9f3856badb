"""anju restore: check a backup, put it back, and let messages go again when somebody has looked."""

import argparse
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from anju.cli import archive, menu
from anju.core.scope import SYSTEM
from anju.estate import queries as estate
from anju.files import disk
from anju.health import backups
from anju.notify import hold
from anju.privacy.actions import requesting
from anju.tickets.actions import restoring
from anju.vault import erasing, keys
from anju.vault.errors import MasterKeyMissing, VaultError
from anju.worker import beats


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("file", type=Path, nargs="?", help="备份文件")
    parser.add_argument("--verify", action="store_true", help="只检查：每个字节、数据库、每把密钥")
    parser.add_argument("--yes", action="store_true", help="恢复，替换现在的数据库")
    parser.add_argument("--release", choices=("cancel", "send"), help="恢复后放行消息：cancel 不再发积压的，send 照发")


def run(asked: argparse.Namespace) -> int:
    """Do what was asked for."""
    if asked.release:
        return _release(asked.release)
    if asked.file is None:
        return menu.fail("请说明是哪个备份文件")
    why = _opened(asked)
    if why and asked.verify:
        backups.note_failure(why)
    return menu.fail(why) if why else 0


def _opened(asked: argparse.Namespace) -> str:
    """Check the backup and with --yes put it back; gives what is wrong."""
    with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.ANJU_DATA_DIR) as folder:
        try:
            with archive.opened(asked.file, Path(folder)) as found:
                print(f"备份完好：{found.made_at}，{found.rows or '—'}行，照片{found.files}张，密钥{found.keys}把")
                if not asked.verify:
                    return _restore(asked, found, Path(folder))
                backups.note(backups.PROVED)
                return ""
        except MasterKeyMissing:
            return "主密钥不对：用做备份时的主密钥（ANJU_MASTER_KEY 可写多把，用逗号隔开）"
        except VaultError as error:
            return f"备份已损坏或被改动：{error}"
        except (archive.Unfit, OSError, tarfile.TarError) as error:
            return str(error)


def _restore(asked: argparse.Namespace, found: archive.Checked, folder: Path) -> str:
    if found.vendor != connection.vendor:
        return f"备份来自{found.vendor}，这里是{connection.vendor}"
    if not beats.silent():
        return "后台任务还在运行，先停下安居"
    if not asked.yes:
        return "恢复会替换现在的数据库；确定就加 --yes"
    archive.put_back(folder)
    for file in (folder / "files").glob("*/*"):
        disk.put_back(file)
    keys.forget()
    call_command("migrate", interactive=False, verbosity=0)
    erasing.merge(folder / archive.ERASED)
    hold.begin()
    restoring.skip_numbers()
    again = requesting.erase(estate.erasable(erasing.noted()), by=SYSTEM)
    print(f"已恢复；备份后注销的住户再次注销{again}人。消息已暂停，先看看再放行：anju restore --release cancel")
    return ""


def _release(how: str) -> int:
    count = hold.end(send=how == "send")
    print(f"消息已放行，积压的{count}条{'照发' if how == 'send' else '不再发送'}")
    return 0
