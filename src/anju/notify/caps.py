"""N8: once per template, subject and person in ten minutes; five SMS per resident and day."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from anju.core import clock
from anju.notify import catalog, rules
from anju.notify.choices import NOT_TOLD, Channel, Reason, RecipientKind, State
from anju.notify.models import Delivery

Person = tuple[str, int]
Said = tuple[str, int, str, str, int]


class Caps:
    """What was told to some people lately, read once; `apply` adds to it, so a batch is held to the caps as a whole."""

    def __init__(self, rows: Sequence[Delivery], new: Collection[tuple[str, int]] = ()) -> None:
        self._said: dict[Said, datetime] = {}
        self._sms: dict[tuple[Person, datetime], int] = {}
        asked = {row.to_id for row in rows if _is_counted(row) or (row.about_type, row.about_id) not in new}
        if asked:
            self._read(min(row.queued_at for row in rows), asked)

    def _read(self, first: datetime, to_ids: Iterable[int]) -> None:
        recent = first - rules.REPEAT_WITHIN
        counted = Q(channel=Channel.SMS, emergency=False) & ~Q(to_kind=RecipientKind.STAFF) & ~Q(template=catalog.CODE)
        rows = (
            Delivery.objects.filter(to_kind__in=RecipientKind.values, to_id__in=list(to_ids))
            .filter(Q(queued_at__gt=recent) | Q(queued_at__gte=clock.day_start(first)) & counted)
            .exclude(state__in=NOT_TOLD)
            .order_by()
            .values_list("to_kind", "to_id", "template", "about_type", "about_id", "queued_at", "channel", "emergency")
        )
        for to_kind, to_id, template, about_type, about_id, at, channel, emergency in rows:
            self._note(
                (to_kind, to_id), (to_kind, to_id, template, about_type, about_id), at, channel, emergency=emergency
            )

    def _note(self, person: Person, said: Said, at: datetime, channel: str, *, emergency: bool) -> None:
        self._said[said] = max(at, self._said.get(said, at))
        if channel == Channel.SMS and not emergency and said[2] != catalog.CODE:
            slot = (person, clock.day_start(at))
            self._sms[slot] = self._sms.get(slot, 0) + 1

    def apply(self, told: Sequence[Delivery], *, follow_up: bool = False) -> None:
        """Suppress what the caps forbid of the rows of one message; a follow-up is never a repeat of its parent."""
        open_rows = [row for row in told if row.state == State.QUEUED]
        if open_rows and not follow_up and self._is_repeat(open_rows[0]):
            for row in open_rows:
                _suppress(row, Reason.REPEAT)
            return
        for row in open_rows:
            if self._is_full(row):
                _suppress(row, Reason.DAILY_CAP)
                continue
            self._note((row.to_kind, row.to_id), _said(row), row.queued_at, row.channel, emergency=row.emergency)

    def _is_repeat(self, row: Delivery) -> bool:
        last = self._said.get(_said(row))
        return (
            row.template not in catalog.REPEATABLE and last is not None and row.queued_at - last < rules.REPEAT_WITHIN
        )

    def _is_full(self, row: Delivery) -> bool:
        if not _is_counted(row):
            return False
        return self._sms.get(((row.to_kind, row.to_id), clock.day_start(row.queued_at)), 0) >= rules.SMS_PER_DAY


def _is_counted(row: Delivery) -> bool:
    """Whether it is one of the five SMS of a resident's day."""
    exempt = row.emergency or row.template == catalog.CODE or row.to_kind == RecipientKind.STAFF
    return row.channel == Channel.SMS and not exempt


def _said(row: Delivery) -> Said:
    return (row.to_kind, row.to_id, row.template, row.about_type, row.about_id)


def _suppress(row: Delivery, reason: Reason) -> None:
    row.state, row.reason = State.SUPPRESSED, reason
    row.send_at = row.check_at = row.due_at = None
