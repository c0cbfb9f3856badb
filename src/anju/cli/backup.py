"""anju backup: the database and the photos in one encrypted file, while everybody works."""

import argparse
from pathlib import Path

from anju.cli import archive
from anju.core import clock
from anju.health import backups


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("file", type=Path, help="存到哪里；没有主密钥谁也打不开")


def run(asked: argparse.Namespace) -> int:
    """Write it, and say what is in it."""
    began = clock.stopwatch()
    made = archive.write(asked.file)
    backups.note(backups.MADE)
    size = asked.file.stat().st_size / (1 << 20)
    print(f"已备份 {asked.file}：{size:.1f} MB，照片{made.files}张，用时{clock.stopwatch() - began:.1f}秒")
    print("主密钥不在备份里，另外保存；用 anju restore --verify 查一遍")
    return 0
