"""anju fit: whether this office may be served at an address; asked by `serve` before it opens its port."""

import argparse

from anju.cli import defaults, menu


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the parent gives."""
    parser.add_argument("host", help=argparse.SUPPRESS)


def run(asked: argparse.Namespace) -> int:
    """0 when it may."""
    forbidden = defaults.forbid(asked.host)
    return menu.fail(forbidden) if forbidden else 0
