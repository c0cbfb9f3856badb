"""What hangs on a work order: photos, quotes, suspensions, hand-offs, the step that can be undone, the day's numbers."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.estate.models import Community
from anju.files.models import File
from anju.tickets.choices import HandoffState, QuoteState, Stage, SuspendReason
from anju.tickets.models.ticket import Ticket
from anju.vault.fields import Sealed


class Series(Row):
    """The last ticket number of a community's day."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("community", "day"), name="tickets_series_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.last}"


class Photo(Row):
    """A photo of a ticket by stage."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="photos")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=6, choices=Stage.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.stage} of {self.ticket_id}"


class Quote(Row):
    """报价 for paid work; amounts in fen. Work may not begin before it is confirmed.

    The lines {name, kind, fen} are sealed as JSON: what somebody has repaired and writes beside it is his own matter.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="quotes")
    lines_text = Sealed(default="", blank=True)
    material_fen = models.PositiveBigIntegerField(default=0)
    labour_fen = models.PositiveBigIntegerField(default=0)
    total_fen = models.PositiveBigIntegerField()
    state = models.CharField(max_length=9, choices=QuoteState.choices, default=QuoteState.SENT)
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.total_fen} fen"

    @property
    def community_id(self) -> int:
        """Whose key seals the lines."""
        return self.ticket.community_id

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What is offered, line by line."""
        return list(json.loads(self.lines_text or "[]"))

    @lines.setter
    def lines(self, lines: list[dict[str, Any]]) -> None:
        self.lines_text = json.dumps(lines, ensure_ascii=False)


class Suspension(Row):
    """挂起: why, until when, who asked and who approved. Without approval only waiting for the owner is possible."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="suspensions")
    reason = models.CharField(max_length=8, choices=SuspendReason.choices)
    from_at = models.DateTimeField(null=True)
    resume_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.reason} until {self.resume_at}"


class Undo(Row):
    """How a ticket was before its last step at the desk, for as long as that step can be taken back.

    `before`: columns of the ticket, its clocks and suspensions as JSON; `messages`: the deliveries that wait for `until`.
    """

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    action = models.CharField(max_length=16)
    event_seq = models.PositiveIntegerField()
    until = models.DateTimeField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    messages = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"undo of {self.action}"


class Handoff(Row):
    """转接: a ticket offered to another department, with the answer."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="handoffs")
    seq = models.PositiveSmallIntegerField()
    from_dept = models.CharField(max_length=4)
    to_dept = models.CharField(max_length=4)
    leaf_code = models.CharField(max_length=4, default="", blank=True)
    offered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=14, choices=HandoffState.choices, default=HandoffState.OFFERED)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("ticket", "seq"), name="tickets_handoff_seq"),)

    def __str__(self) -> str:
        return f"{self.from_dept} -> {self.to_dept}"
