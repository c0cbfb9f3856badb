"""Who is called one after the other, and one run of it (R2.6, R2.7)."""

from django.db import models

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.duty.choices import CalloutState, ChainKind, Result
from anju.estate.models import Community


class Chain(Row):
    """应急链 of a community for a kind of emergency: steps as {who, ack_s}, see `rules.chains`."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ChainKind.choices, default=ChainKind.DEFAULT)
    steps = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("community", "kind"), name="duty_chain_kind"),)

    def __str__(self) -> str:
        return self.kind


class Callout(Row):
    """One run of a chain, for the ticket `subject_id`. `steps` and `crew` are frozen when it begins.

    `crew` are the technicians who may do the work, best first. `step` is the one that rings (-1 before the first);
    `ring_until` is the last second in which its answer counts. `closed_at`: the matter is over.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    subject_type = models.CharField(max_length=12)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=ChainKind.choices)
    dept = models.CharField(max_length=4)
    item = models.CharField(max_length=20)
    place = models.CharField(max_length=60)
    steps = models.JSONField()
    crew = models.JSONField()
    state = models.CharField(max_length=9, choices=CalloutState.choices, default=CalloutState.RUNNING)
    step = models.SmallIntegerField(default=-1)
    ring_until = models.DateTimeField(null=True)
    reported_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField()
    acked_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    acked_at = models.DateTimeField(null=True)
    eta_at = models.DateTimeField(null=True)
    reminded = models.BooleanField(default=False)
    arrived_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    blocked = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("subject_type", "subject_id"),
                condition=models.Q(closed_at=None),
                name="duty_callout_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.state}"

    @property
    def subject(self) -> tuple[str, int]:
        return self.subject_type, self.subject_id


class Attempt(Row):
    """Somebody is rung in a run. `staff` is None for the company's duty line, whose number is in the frozen step."""

    callout = models.ForeignKey(Callout, models.CASCADE, related_name="attempts")
    step = models.SmallIntegerField()
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    result = models.CharField(max_length=9, choices=Result.choices, default=Result.RINGING)
    answered_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("staff",), condition=models.Q(result="RINGING"), name="duty_attempt_ringing"),)

    def __str__(self) -> str:
        return f"{self.step} {self.result}"
