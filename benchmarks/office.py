"""An office on a throw-away PostgreSQL server, in this process, with a community to measure in."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.postgres import Cluster

if TYPE_CHECKING:
    from anju.lab.garden import Garden


@dataclass(slots=True)
class Office:
    """The server, its address, and the fixture planted in it."""

    cluster: Cluster
    url: str
    garden: "Garden"

    def close(self) -> None:
        self.cluster.stop()


def open_office() -> Office:
    """Start PostgreSQL, migrate, plant 阳光花园 with limits that a benchmark does not run into."""
    cluster = Cluster()
    url = cluster.start()
    folder = tempfile.mkdtemp(prefix="anju-bench-")
    for name in ("static", "vendor"):
        (Path(folder) / name).mkdir()
    os.environ |= {
        "ANJU_DATA_DIR": folder,
        "ANJU_DATABASE_URL": url,
        "ANJU_LOG_LEVEL": "ERROR",
        "ANJU_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "anju.settings",
    }
    return _furnish(cluster, url)


def _furnish(cluster: Cluster, url: str) -> Office:
    import django  # the settings read the environment that was made just above

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from anju.lab import garden

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    planted = garden.plant()
    planted.community.config = {"ticket.daily_limit_person": 10**9, "automatic.merge": False}
    planted.community.save()
    return Office(cluster, url, planted)
