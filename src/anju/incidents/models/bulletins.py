"""What is said every ten minutes, and whether it was said in time."""

from django.db import models

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.incidents.choices import Audience
from anju.incidents.models.incident import Incident
from anju.incidents.rules import grid


class Slot(Row):
    """One interval of the grid, (after, due]. The next one is made when this one is over."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="slots")
    seq = models.PositiveSmallIntegerField()
    after = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    chased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("seq",)
        constraints = (models.UniqueConstraint(fields=("incident", "seq"), name="incidents_slot_once"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.due_at:%H:%M}"

    @property
    def plain(self) -> grid.Slot:
        """As the rules see it."""
        return grid.Slot(
            self.seq,
            self.after,
            self.due_at,
            met=self.met_at is not None,
            reminded=self.reminded_at is not None,
            missed=self.missed_at is not None,
            chased=self.chased_at is not None,
        )


class Bulletin(Row):
    """What was posted (`posted_at`), or waits for the commander (None). `told` residents were written to."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="bulletins")
    seq = models.PositiveSmallIntegerField(null=True)
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    audience = models.CharField(max_length=9, choices=Audience.choices)
    text = models.CharField(max_length=500)
    progress = models.CharField(max_length=100, default="", blank=True)
    eta_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    author = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    templates = models.JSONField(default=list)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("posted_at", "id")

    def __str__(self) -> str:
        return f"{self.seq} {self.audience}"
