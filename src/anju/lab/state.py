"""The lab's database: marked, planted, and put back to its beginning."""

import hashlib
import hmac
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from anju.accounts import actions as accounts
from anju.core import clock
from anju.duty.actions import lines
from anju.lab import garden
from anju.lab.models import State
from anju.privacy.actions import rounds
from anju.timers import actions as timers
from anju.vault import keys

FIXTURE = "sunshine-garden"
SHIFT = "lab.shift"


class NotALab(Exception):
    """The database holds data that is not a lab's."""


def open_database(seed: int) -> None:
    """Migrate, and plant an empty database or go on where this lab stood. Raises NotALab."""
    tables = set(connection.introspection.table_names())
    marked = State._meta.db_table in tables and State.standing() is not None
    if not marked and _has_rows("estate_community", tables):
        raise NotALab
    call_command("migrate", verbosity=0)
    found = State.standing()
    if found is None:
        plant(seed)
    else:
        clock.use(clock.VirtualClock(found.now))


def _has_rows(table: str, tables: set[str]) -> bool:
    if table not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def plant(seed: int = 0) -> None:
    """The fixture of domain file 00 §0.5, the clock at its start, a token for everybody."""
    clock.use(clock.VirtualClock(garden.START))
    with transaction.atomic():
        State.mark(clock.now(), FIXTURE, seed)
        planted = garden.plant(password=garden.PASSWORD)
        for name, staff in planted.staff.items():
            accounts.issue_token(staff=staff, label="lab", secret=token(name))
        for name, person in planted.people.items():
            accounts.issue_token(person=person, label="lab", secret=token(name))
        rounds.begin()
        lines.begin()
        timers.schedule(SHIFT, ("community", planted.community.id), garden.next_change(clock.now()))


def reset() -> None:
    """Fresh data, the clock back at its start, the seed as it was."""
    kept = seed()
    labels = [config.label for config in apps.get_app_configs() if config.name.startswith("anju.")]
    tables = {model._meta.db_table for label in labels for model in apps.get_app_config(label).get_models()}
    tables |= {"tickets_fulltext", "django_session"}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _emptying(sorted(tables)):
            cursor.execute(statement)
    keys.forget()
    plant(kept)


def _emptying(tables: list[str]) -> list[str]:
    if connection.vendor == "postgresql":
        return connection.ops.sql_flush(no_style(), tables, allow_cascade=True)
    names = [connection.ops.quote_name(one) for one in tables]
    return ["PRAGMA defer_foreign_keys = ON", *(f"DELETE FROM {name}" for name in names)]  # noqa: S608


def seed() -> int:
    """What chance begins with."""
    standing = State.standing()
    return standing.seed if standing else 0


def keep(now: datetime) -> None:
    """Remember where the clock stands, for a restart."""
    State.stands_at(now)


def token(name: str) -> str:
    """The bearer token of somebody in the cast: the same as long as the lab's secret is."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"lab {name}".encode(), hashlib.sha256)
    return digest.hexdigest()
