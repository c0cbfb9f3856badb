"""Build a plan in network namespaces, break its database under load again and again, and count what became of promises."""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from deploy import checks, network
from deploy.cluster import ROOT, STREET, Cluster, eventually
from deploy.nemesis import Nemesis
from deploy.plan import Plan

MOST_S = 3000
SETTLE_S = 5.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("--rounds", type=int, default=1, help="how often each kind of trouble comes")
    parser.add_argument("--keep", action="store_true", help="leave the folder with all logs")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)


def run(asked: argparse.Namespace) -> int:
    """0 when every count is what it must be; 1 otherwise, and when nothing could be checked."""
    if asked.inside:
        return network.first(lambda: _proven(asked, asked.inside))
    lacking = network.missing()
    if os.geteuid() != 0 or lacking:
        said = f"apt-get install {' '.join(lacking)}" if lacking else "run it as root"
        sys.stderr.write(f"bin/failover: nothing was proven; {said}\n")
        return 1
    folder = Path(tempfile.mkdtemp(prefix="anju-proof-"))
    folder.chmod(0o755)
    try:
        return network.apart(["prove", "--rounds", str(asked.rounds), "--inside", str(folder)])
    finally:
        if asked.keep:
            _say(f"logs: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _plan(folder: Path) -> Plan:
    """Three, two and two; what its files name lies in the folder, each machine's own part by its name."""
    return Plan(
        network="10.77.0.0/24",
        front={"front": "10.77.0.10"},
        databases={f"db{n}": f"10.77.0.{10 + n}" for n in (1, 2, 3)},
        pages={f"web{n}": f"10.77.0.{20 + n}" for n in (1, 2)},
        workers={f"work{n}": f"10.77.0.{30 + n}" for n in (1, 2)},
        hosts=("10.77.0.10", "localhost"),
        data=str(folder / "$name"),
        shared=str(folder / "shared"),
        etc=str(folder / "$name"),
        watchdog="off",
    )


def _proven(asked: argparse.Namespace, folder: Path) -> int:
    signal.alarm(MOST_S)  # it stops by itself, whatever happens
    cluster, report = Cluster(_plan(folder), folder), checks.Report()
    try:
        keys = cluster.start()
        _say("built: 3 databases with etcd, 2 pages, 2 workers, poolers and the door")
        log = folder / "street" / "promises"
        nemesis = _broken_under_load(cluster, keys, log, asked.rounds)
        _count(cluster, checks.attempts(log), nemesis, report)
    except (TimeoutError, RuntimeError, LookupError) as problem:
        report.wrong.append(f"{type(problem).__name__}: {problem}")
    for name, value in report.counts.items():
        _say(f"{name}: {value}")
    for line in report.wrong:
        _say(f"WRONG {line}")
    return 1 if report.wrong or not report.counts else 0


def _broken_under_load(cluster: Cluster, keys: dict[str, str], log: Path, rounds: int) -> Nemesis:
    street = cluster.machines[STREET]
    words = ["-m", "deploy.residents", cluster.url, keys["token"], str(log), str(MOST_S)]
    street.start("residents", [sys.executable, *words], env={"PYTHONPATH": str(ROOT)})
    listen = f"while :; do curl -sN -H 'Cookie: {keys['cookie']}' {cluster.url}/live/; sleep 1; done"
    street.start("listener", ["sh", "-c", listen])
    nemesis = Nemesis(cluster, log, _say)
    for _round in range(rounds):
        nemesis.round(SETTLE_S)
    time.sleep(SETTLE_S)
    street.running["residents"].terminate()
    street.running["residents"].wait(90)
    return nemesis


def _count(cluster: Cluster, tries: list[checks.Attempt], nemesis: Nemesis, report: checks.Report) -> None:
    first = next(iter(cluster.plan.pages))
    eventually("every message on its way", lambda: json.loads(cluster.run(first, "-m", "deploy.facts"))["due"] == 0)
    checks.promises(tries, json.loads(cluster.run(first, "-m", "deploy.facts")), report)
    checks.pauses(tries, nemesis.faults, report)
    report.must("writes acknowledged by a leader cut off", nemesis.alone, nemesis.alone == 0)
    _pooled(cluster, report)
    _same_everywhere(cluster, report)


def _pooled(cluster: Cluster, report: checks.Report) -> None:
    """The listener's way round the pooler is open, what it heard, and nothing that a pooler breaks was tried."""
    listens = cluster.sql(cluster.leader(), "SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN anju_journal'")
    report.must("listeners on the leader", int(listens), int(listens) > 0)
    heard = (cluster.machines[STREET].folder / "listener.log").read_text(encoding="utf-8").count("event: queue")
    report.must("news heard on the live stream", heard, heard > 0)
    logs = [file.read_text("utf-8", "replace") for file in cluster.folder.glob("*/*.log")]
    broken = sum(text.count("prepared statement") + text.count("unsupported startup parameter") for text in logs)
    report.must("statements that the pooler broke", broken, broken == 0)


def _same_everywhere(cluster: Cluster, report: checks.Report) -> None:
    """All three hold the same tickets."""
    query = "SELECT count(*) || '/' || coalesce(max(id), 0) FROM tickets_ticket"

    def same() -> bool:
        return len({cluster.sql(name, query) for name in cluster.plan.databases}) == 1

    eventually("the same tickets on all three", same)
    report.must("databases that hold the same", len(cluster.plan.databases), True)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
