"""anju lab: the whole product on a clock that moves only when told."""

import argparse

from anju.lab.serve import serve


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("--port", type=int, default=8009, help="端口，默认 8009")
    parser.add_argument("--seed", type=int, default=7, help="随机数的种子，默认 7")


def run(asked: argparse.Namespace) -> int:
    """Serve until stopped."""
    return serve(asked.port, asked.seed)
