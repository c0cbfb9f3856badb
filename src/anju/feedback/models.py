"""Tables of stars and visits."""

from django.db import models

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.estate.models import Community
from anju.feedback.choices import RatingChannel, RevisitReason, RevisitResult, RevisitState
from anju.tickets.models import Ticket
from anju.vault.fields import Sealed


class Rating(Row):
    """The reporter's last word about a ticket; what he said before is in the journal. `at` is when he first said it."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    chips = models.JSONField(default=list)
    text = Sealed(default="", blank=True)
    channel = models.CharField(max_length=5, choices=RatingChannel.choices)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="feedback_rating_stars"),
        )
        indexes = (models.Index(fields=("community", "at"), name="feedback_rating_month"),)

    def __str__(self) -> str:
        return f"{self.stars} stars"


class Revisit(Row):
    """回访: a call somebody owes the reporter by `due_at`; `attempts` are the failed ones as {at, staff}."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="revisits")
    reason = models.CharField(max_length=9, choices=RevisitReason.choices)
    assignee = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.JSONField(default=list)
    result = models.CharField(max_length=11, choices=RevisitResult.choices, default="", blank=True)
    note = Sealed(default="", blank=True)
    state = models.CharField(max_length=4, choices=RevisitState.choices, default=RevisitState.OPEN)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("ticket",), condition=models.Q(state="OPEN"), name="feedback_revisit_one_open"
            ),
        )
        indexes = (
            models.Index(
                fields=("community", "due_at"), condition=models.Q(state="OPEN"), name="feedback_revisit_queue"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} {self.state}"
