"""`python -m deploy write machines.toml FOLDER` writes what goes onto each machine; `bin/failover` proves it."""

import argparse
import sys
from pathlib import Path

from deploy import proof
from deploy.plan import Plan


def main() -> int:
    """Exit code 1 when something was lost, or when nothing could be proven."""
    parser = argparse.ArgumentParser(prog="deploy", description=__doc__)
    words = parser.add_subparsers(dest="word", required=True)
    write = words.add_parser("write", help="the files of every machine")
    write.add_argument("machines", type=Path, help="a list like deploy/machines.toml")
    write.add_argument("folder", type=Path, help="gets one folder for each machine")
    prove = words.add_parser("prove", help="build it in network namespaces and break it under load")
    proof.arguments(prove)
    asked = parser.parse_args()
    if asked.word == "prove":
        return proof.run(asked)
    for file in Plan.read(asked.machines).write(asked.folder):
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
