"""Where members of staff have come in, and what else opens their door."""

from django.db import models

from anju.accounts.choices import Ended
from anju.accounts.models.staff import Staff
from anju.core.rows import Row


class StaffSession(Row):
    """One browser in which somebody has logged in. The row stays as the record of the login (网络安全法 §21).

    `seen_at` is kept to five minutes. `proved_at`: when the password or a code was last given here. `locked_at`: the
    screen is locked, and nothing is answered until the password is given again.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="sessions")
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    proved_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=8, choices=Ended.choices, default="", blank=True)
    ip = models.CharField(max_length=45, default="", blank=True)
    device = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("staff", "ended_at"), name="accounts_session_open"),
            models.Index(fields=("seen_at",), name="accounts_session_seen"),
        )

    def __str__(self) -> str:
        return f"session {self.pk}"


class RecoveryCode(Row):
    """A code that stands once for the authenticator when the phone is gone; only its keyed hash is kept."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("staff", "digest"), name="accounts_recovery_once"),)

    def __str__(self) -> str:
        return f"recovery code {self.pk}"
