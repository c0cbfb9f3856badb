"""The second look at a WeChat message, 61 s after it was queued: SMS if it has not arrived, a call if unread (N6)."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from anju.notify import catalog, drafts, progress, render, rules, store
from anju.notify.caps import Caps
from anju.notify.choices import Channel
from anju.notify.models import Delivery
from anju.vault.errors import VaultError

logger = logging.getLogger(__name__)


def run(now: datetime, limit: int) -> int:
    """Look at the rows whose moment has come, in order; write what follows them. Gives the number looked at."""
    waiting = Delivery.objects.filter(
        Q(send_at=None) | Q(send_at__gt=now), channel=Channel.WECHAT, due_at__lte=now, check_at__lte=now
    )
    if not waiting.exists():
        return 0
    with transaction.atomic():
        rows = list(waiting.select_for_update(skip_locked=True).order_by("due_at", "id")[:limit])
        born = [child for row in rows for child in _children(row, now)]
        if born:
            caps = Caps(born)
            for child in born:
                caps.apply([child], follow_up=True)
            store.insert(born)
        for row in rows:
            row.check_at = None
            row.settle()
        store.update(rows, progress.FIELDS)
    return len(rows)


def _children(row: Delivery, now: datetime) -> list[Delivery]:
    template = catalog.get(row.template)
    told, read = progress.told_by(row, now), progress.read_by(row, now)
    try:
        text = render.Rendered(row.body, row.values)
        legs = rules.follow_ups(template, emergency=row.emergency, phone=row.phone, told=told, read=read)
    except VaultError:
        logger.exception("delivery %s cannot be opened, so nothing can follow it", row.pk)
        return []
    common = {name: getattr(row, name) for name in drafts.COMMON} | {"created_at": now, "parent_id": row.pk}
    at = now if progress.may_leave(row, now) else rules.after_quiet(now)
    return [drafts.draft(common, template, leg, text, at) for leg in legs]
