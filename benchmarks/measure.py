"""CPU of this process plus the database's, per unit; statements per unit; medians of rounds."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one unit cost in a round: milliseconds of CPU here and in the database, and of wall time."""

    app_ms: float
    db_ms: float
    wall_ms: float

    @property
    def cpu_ms(self) -> float:
        return self.app_ms + self.db_ms


def rounds(work: Callable[[int], None], *, units: int, times: int, server_pid: int) -> list[Cost]:
    """Do `work(units)` several times."""
    return [_round(work, units, server_pid) for _time in range(times)]


def paired(
    work: Callable[[int], None], floor: Callable[[int], None], *, units: int, times: int, server_pid: int
) -> tuple[list[Cost], list[Cost]]:
    """The work and its floor in turn, so that a machine that changes speed changes both."""
    ours: list[Cost] = []
    floors: list[Cost] = []
    for _time in range(times):
        ours.append(_round(work, units, server_pid))
        floors.append(_round(floor, units, server_pid))
    return ours, floors


def _round(work: Callable[[int], None], units: int, server_pid: int) -> Cost:
    app, database, wall = time.process_time(), database_cpu(server_pid), time.perf_counter()
    work(units)
    return Cost(
        (time.process_time() - app) * 1000 / units,
        (database_cpu(server_pid) - database) * 1000 / units,
        (time.perf_counter() - wall) * 1000 / units,
    )


def database_cpu(server_pid: int) -> float:
    """Seconds of CPU used by the server and all its backends so far."""
    return sum(_seconds(stat) for stat in Path("/proc").glob("[0-9]*/stat") if _belongs(stat, server_pid))


def _belongs(stat: Path, server_pid: int) -> bool:
    fields = _fields(stat)
    return bool(fields) and (fields[1] == str(server_pid) or stat.parent.name == str(server_pid))


def _seconds(stat: Path) -> float:
    fields = _fields(stat)
    return (int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])) / TICK if fields else 0.0


def _fields(stat: Path) -> list[str]:
    try:
        return stat.read_text().rpartition(") ")[2].split()
    except OSError:
        return []


def middle(costs: Sequence[Cost], what: str = "cpu_ms") -> float:
    """The median."""
    return statistics.median(getattr(cost, what) for cost in costs)


def spread(costs: Sequence[Cost], what: str = "cpu_ms") -> str:
    """min / median / max."""
    values = [getattr(cost, what) for cost in costs]
    return f"{min(values):.2f} / {statistics.median(values):.2f} / {max(values):.2f}"
