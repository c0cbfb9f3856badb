"""What a person asks for, what went wrong, and what was purged."""

from django.db import models

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.estate.models import Community, Person
from anju.privacy.choices import LeakState, RequestKind, RequestState
from anju.vault.fields import Sealed


class Request(Row):
    """A resident asks for a right of his; answered within 15 days (`due_at`). `holds` say why something must be kept.

    A correction says which `field` (name, phone) to which `value`.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    no = models.CharField(max_length=16)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RequestKind.choices)
    text = Sealed(default="", blank=True)
    field = models.CharField(max_length=8, default="", blank=True)
    value = Sealed(default="", blank=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    answer = Sealed(default="", blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    holds = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("community", "no"), name="privacy_request_no"),
            models.UniqueConstraint(
                fields=("person", "kind"), condition=models.Q(state="OPEN"), name="privacy_request_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.no} {self.kind} {self.state}"


class Leak(Row):
    """A breach (§57, T903): known to COMP and PM within 1 h, whom to tell decided within 24 h.

    `serious` is graded larger and above: the authority is told within 4 h (`authority_at`, and in which words).
    `people` are the affected persons' ids, taken from the log or named by hand; `known_by` the staff ids that have
    confirmed.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    no = models.CharField(max_length=16)
    found_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    item = models.CharField(max_length=12)
    scope = Sealed()
    measures = Sealed(default="", blank=True)
    people = models.JSONField(default=list)
    known_by = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=LeakState.choices, default=LeakState.OPEN)
    tell_people = models.BooleanField(null=True)
    why = Sealed(default="", blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    late_known = models.BooleanField(default=False)
    late_decided = models.BooleanField(default=False)
    serious = models.BooleanField(default=False)
    authority_at = models.DateTimeField(null=True)
    authority_words = Sealed(default="", blank=True)
    late_authority = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("community", "no"), name="privacy_leak_no"),)

    def __str__(self) -> str:
        return f"{self.no} {self.state}"


class PurgeReport(Row):
    """What one night's purge removed or made nameless: counts by retention class."""

    at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
