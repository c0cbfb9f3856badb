"""Bars of speed that only slow code misses: neither a busy machine nor a slow one does.

Seconds are those the CPU worked for this thread. They are compared with a piece of work that takes `UNIT_S` on the
machine of the specification; on a machine that needs longer for it a bar is as much higher. The best of some runs counts.
"""

from collections.abc import Callable
from time import thread_time

UNIT_S = 0.0015
TRIES = 20


def cpu(call: Callable[[], object]) -> float:
    """How long this thread works on it."""
    began = thread_time()
    call()
    return thread_time() - began


def within(seconds: float, measure: Callable[[], float]) -> bool:
    """Whether `measure()`, in seconds, stays below the bar in one of some runs."""
    return any(measure() < seconds * max(1.0, cpu(_work) / UNIT_S) for _ in range(TRIES))


def _work() -> int:
    return sum(len(str(number)) for number in range(20_000))
