"""One import of a community at a time, on either database. A second one is told at once instead of waiting."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from anju.core.errors import Refused


@contextmanager
def alone(community_id: int) -> Iterator[None]:
    """A transaction that nobody else who imports into the community shares. Raises Refused IMPORT_RUNNING.

    PostgreSQL: an advisory lock, so that people who report meanwhile wait for nothing. SQLite: a locked file beside the
    database, taken first, since the transaction itself would wait for the other one.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [community_id])
            if cursor.fetchone() != (True,):
                raise _running()
            yield
        return
    with (settings.ANJU_DATA_DIR / f"import-{community_id}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _running() from error
        with transaction.atomic():
            yield


def _running() -> Refused:
    return Refused("IMPORT_RUNNING", _("正在导入另一个文件，请稍后再试"), status=409)
