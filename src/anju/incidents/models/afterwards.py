"""After an incident, and instead of one: improvements and drills."""

from django.db import models

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.estate.models import Community
from anju.incidents.choices import Progress
from anju.incidents.models.incident import Incident
from anju.vault.fields import Sealed


class Improvement(Row):
    """What will be done better, by whom, until when."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="improvements")
    what = Sealed()
    who = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=Progress.choices, default=Progress.OPEN)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return f"{self.state} {self.due_on}"


class Drill(Row):
    """A drill as planned (R3.8, C.4). `speech` are five marks of 0 to 2, `records` ten of 0 or 1, by the observer."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    place = models.CharField(max_length=40)
    place_codes = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    starts_at = models.DateTimeField()
    noticed_at = models.DateTimeField(null=True)
    observer = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    incident = models.OneToOneField(Incident, models.PROTECT, null=True, related_name="drill")
    speech = models.JSONField(default=list)
    records = models.JSONField(default=list)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-starts_at",)

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d}"

    @property
    def subject(self) -> tuple[str, int]:
        return ("drill", self.id)
