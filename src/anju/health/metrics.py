"""The numbers behind the findings, as Prometheus reads them; asked of the database when it asks us."""

from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from anju.core import clock
from anju.health import backups, state
from anju.health.finding import BAD
from anju.journal import run as news
from anju.notify import queries as notify
from anju.timers import run as timers
from anju.worker import beats

CONTENT_TYPE = CONTENT_TYPE_LATEST


class Office(Collector):
    """Every check as 1 or 0, and how far behind the work is."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Nothing while the database is away but the checks, which say so."""
        checks = GaugeMetricFamily("anju_check_ok", "1 while this check is not red", labels=["check"])
        for name, one in state.findings().items():
            checks.add_metric([name], float(one.state != BAD))
        yield checks
        try:
            yield from _work()
        except DatabaseError:
            return


def _work() -> Iterator[GaugeMetricFamily]:
    now = clock.now()
    backlog = notify.backlog(now)
    yield _gauge("anju_deliveries_due", "Messages that should have left by now", backlog.due)
    yield _gauge(
        "anju_deliveries_late_seconds", "How long the first of them has waited", backlog.oldest.total_seconds()
    )
    yield _gauge("anju_timers_late_seconds", "How late the first timer is", timers.lateness(now).total_seconds())
    yield _gauge("anju_news_late_seconds", "How late the first piece of news is", news.lateness(now).total_seconds())
    seen, saved = beats.newest(), backups.last(backups.MADE)
    if seen:
        yield _gauge("anju_worker_silent_seconds", "Since a worker was last seen", (now - seen).total_seconds())
    if saved:
        yield _gauge("anju_backup_age_seconds", "Since a backup was last made", (now - saved).total_seconds())


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)


_registry = CollectorRegistry()
_registry.register(Office())
ProcessCollector(registry=_registry)


def page() -> bytes:
    """All of it in the text format."""
    return generate_latest(_registry)
