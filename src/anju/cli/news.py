"""anju news: who listens to what."""

import argparse

from anju.journal import news


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing may be asked for."""


def run(asked: argparse.Namespace) -> int:
    """Print each verb with its listeners."""
    for verb, names in news.everyone().items():
        print(verb)
        for name in names:
            print(f"    {name}")
    return 0
