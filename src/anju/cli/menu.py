"""Finding a command and saying in one line what went wrong. Loads no Django: help is quick and the parent of `serve` small."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

SETTINGS = "anju.settings"
DJANGO = (
    "collectstatic",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "check",
    "shell",
    "dbshell",
    "clearsessions",
)
"""Commands of Django that somebody who runs or builds Anju may need; they come through unchanged."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command. Its module is loaded only when it is asked for, with Django set up before unless `django` is False.

    `before` names a module whose `prepare(words)` runs before settings are read. `pool`: it keeps several database
    connections; the others open one and hear at once when the database is away.
    """

    name: str
    module: str
    help: str
    django: bool = True
    hidden: bool = False
    before: str = ""
    pool: bool = False


def run(commands: Sequence[Command], words: Sequence[str]) -> int:
    """Run the command that the words name; returns its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    name = words[0] if words else "--help"
    if name in ("-h", "--help", "help"):
        return _explain(commands)
    found = {one.name: one for one in commands}.get(name)
    if found is None and name not in DJANGO:
        return fail(f"没有“{name}”这个命令，看看 anju --help", 2)
    try:
        return _start(found, list(words))
    except BrokenPipeError:  # `anju doctor | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ValueError, OSError) as error:
        return fail(" ".join(str(error).split()) or type(error).__name__)
    except KeyboardInterrupt:
        return 130


def _start(command: Command | None, words: list[str]) -> int:
    """Run a command of ours, in the office when it needs Django; None stands for one of Django's."""
    if command is not None and not command.django:
        return call(command, words[1:])
    return int(import_module("anju.cli.office").run(command, words))


def call(command: Command, words: list[str]) -> int:
    """Load the module of a command and run it."""
    module: Any = import_module(command.module)
    parser = argparse.ArgumentParser(prog=f"anju {command.name}", description=command.help)
    module.arguments(parser)
    return int(module.run(parser.parse_args(words)))


def _explain(commands: Sequence[Command]) -> int:
    print("安居：物业客户服务。用法：anju 命令 [参数]；每个命令都有 --help。\n")
    for one in commands:
        if not one.hidden:
            print(f"  {one.name:<10}{one.help}")
    print(f"\n也可用 Django 的命令：{' '.join(DJANGO)}")
    return 0


def fail(message: str, code: int = 1) -> int:
    """Say on stderr in one line what is wrong."""
    print(f"anju: {message}", file=sys.stderr)
    return code
