"""One-time codes, tokens and the counting of failed logins."""

from django.db import models

from anju.accounts.models.staff import Staff
from anju.core.rows import Row
from anju.estate.models import Community, Person


class LoginCode(Row):
    """A code sent by SMS, bound to the session that asked (ASVS 6.6.2): five tries, five minutes, once."""

    phone_hash = models.CharField(max_length=32, db_index=True)
    session = models.CharField(max_length=64, db_index=True)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code {self.pk}"


class LoginTrial(Row):
    """Failed passwords in a row for one login name (known or not), and until when it is locked."""

    name_hash = models.CharField(max_length=64, unique=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.failures} failures"


class Screen(Row):
    """A screen on a wall that shows the board of a community without anybody's login, until the link is revoked."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    code = models.CharField(max_length=16, unique=True)
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class ApiToken(Row):
    """A bearer token of staff or a resident; only its SHA-256 is kept (random, so no password hash is needed).

    `reach` names the parts of the API it opens, for reading or for both: "tickets:read", "duty:write"; empty: whatever
    its owner may do. `used_at` is kept to five minutes.
    """

    digest = models.CharField(max_length=64, unique=True)
    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="tokens")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="tokens")
    label = models.CharField(max_length=40, default="", blank=True)
    reach = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(staff=None) ^ models.Q(person=None), name="accounts_token_one_owner"
            ),
        )

    def __str__(self) -> str:
        return self.label or f"token {self.pk}"
