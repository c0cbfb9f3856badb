"""The sheet with which a post passes from one person to the next (R2.9)."""

from django.db import models

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.duty.choices import HandoverState, LineKind, LineState
from anju.duty.models.roster import Turn
from anju.estate.models import Community
from anju.vault.fields import Sealed


class Handover(Row):
    """交接单 of one turn to the person who takes the post over. `reason` is why it was forced."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    turn = models.OneToOneField(Turn, models.CASCADE, related_name="handover")
    to_turn = models.ForeignKey(Turn, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=HandoverState.choices, default=HandoverState.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    reason = Sealed(default="", blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"handover of turn {self.turn_id}"


class Line(Row):
    """One matter of a handover. `ref` names what it is about ("ticket", id) so that it is not listed twice."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=8, choices=LineKind.choices)
    ref_type = models.CharField(max_length=12, default="", blank=True)
    ref_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=80)
    note = Sealed(default="", blank=True)
    state = models.CharField(max_length=8, choices=LineState.choices, default=LineState.OPEN)
    objection = Sealed(default="", blank=True)
    ruling = Sealed(default="", blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title
