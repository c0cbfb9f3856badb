"""Writing the journal: always inside the transaction of the change it tells of."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from anju.core import bulk, clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.journal import news
from anju.journal.models import Entry, News, Receipt


def entry(
    verb: str,
    *,
    subject: tuple[str, int],
    community_id: int | None,
    by: Scope,
    seq: int,
    at: datetime | None = None,
    data: dict[str, Any] | None = None,
    note: str = "",
    visible: bool = False,
    client_at: datetime | None = None,
) -> Entry:
    """An unsaved entry, for callers that write many at once with `write`."""
    return Entry(
        at=at or clock.now(),
        community_id=community_id,
        verb=verb,
        subject_type=subject[0],
        subject_id=subject[1],
        seq=seq,
        actor_kind=by.kind.value,
        actor_id=by.actor_id,
        data=data or {},
        note=note,
        visible=visible,
        client_at=client_at,
    )


def write(entries: Iterable[Entry]) -> None:
    """Store entries and a news row for each listener, in two statements at most."""
    rows = list(entries)
    bulk.insert(rows)
    pending = [News(entry=row, listener=name) for row in rows for name in news.listeners(row.verb)]
    bulk.insert(pending)


def record(
    verb: str,
    *,
    subject: tuple[str, int],
    community_id: int | None,
    by: Scope,
    data: dict[str, Any] | None = None,
    note: str = "",
    visible: bool = False,
    at: datetime | None = None,
) -> Entry:
    """Store one entry with the next number of its subject. The caller holds the subject's row lock."""
    found = Entry.objects.filter(subject_type=subject[0], subject_id=subject[1]).aggregate(last=Max("seq"))
    row = entry(
        verb,
        subject=subject,
        community_id=community_id,
        by=by,
        seq=(found["last"] or 0) + 1,
        at=at,
        data=data,
        note=note,
        visible=visible,
    )
    write([row])
    return row


def fingerprint(request: object) -> str:
    """A digest of a request's content, to notice a key used twice for different things."""
    text = json.dumps(request, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def first_result(owner: str, key: str, print_of: str) -> tuple[str, int] | None:
    """The subject that this key made before, or None when the key is new.

    Raises Refused IDEMPOTENCY_KEY_REUSED when the key came with another request before.
    """
    found = Receipt.objects.filter(owner=owner, key=_digest(key)).first()
    if found is None:
        return None
    if found.fingerprint != print_of:
        raise Refused("IDEMPOTENCY_KEY_REUSED", _("同一个提交编号用于了不同内容，请重新打开页面再提交"), status=409)
    return found.subject_type, found.subject_id


def remember(owner: str, key: str, print_of: str, subject: tuple[str, int]) -> None:
    """Store the result of a key in the transaction that made it; a racing twin raises Refused IN_PROGRESS."""
    try:
        with transaction.atomic():
            Receipt.objects.create(
                owner=owner,
                key=_digest(key),
                fingerprint=print_of,
                subject_type=subject[0],
                subject_id=subject[1],
                at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused("IN_PROGRESS", _("正在提交，请稍候再看"), status=409) from error


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
