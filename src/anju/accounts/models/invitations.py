"""Who has been asked to join, and has not chosen a password yet."""

from django.db import models

from anju.accounts.choices import Dept
from anju.accounts.models.staff import Staff
from anju.core.rows import Row
from anju.estate.models import Community
from anju.vault.fields import Sealed


class Invitation(Row):
    """An invitation into a community with the job that waits there. Only the digest of its code is kept.

    It opens once, until `expires_at`; `staff` is who came of it.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=20)
    phone = Sealed(default="", blank=True)
    dept = models.CharField(max_length=4, choices=Dept.choices)
    roles = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"invitation {self.pk}"
