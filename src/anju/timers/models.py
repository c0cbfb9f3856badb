"""The table of timers."""

from django.db import models

from anju.core.rows import Row


class Timer(Row):
    """At `due_at`, call handler `kind` for the subject. One row per kind and subject: setting it again moves it."""

    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    community_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.BigIntegerField(null=True)
    locked_until = models.DateTimeField(null=True)
    parked = models.BooleanField(default=False)
    error = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "subject_type", "subject_id"), name="timers_timer_one"),)
        indexes = (models.Index(fields=("due_at", "id"), condition=models.Q(parked=False), name="timers_timer_due"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id} at {self.due_at:%Y-%m-%d %H:%M:%S}"
