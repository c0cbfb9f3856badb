"""Who works here."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from anju.accounts.choices import CertKind, Dept
from anju.core import ids
from anju.core.rows import Row
from anju.estate.models import Community
from anju.vault.fields import Sealed


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by login."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(login=username)


class CrewMark(models.Model):
    """Changes whenever anything about a community's crew changes, so that every process knows when to read it again."""

    community = models.OneToOneField(Community, models.CASCADE, primary_key=True, related_name="+")
    mark = models.BigIntegerField(default=ids.new)

    def __str__(self) -> str:
        return f"crew of {self.community_id}"

    @classmethod
    def touch(cls, community_ids: Iterable[int]) -> None:
        """The crews of these communities are to be read again. The mark is drawn, not counted: a rolled back one
        never comes again."""
        for community_id in community_ids:
            cls.objects.update_or_create(community_id=community_id, defaults={"mark": ids.new()})


class Staff(Row, AbstractBaseUser):
    """Somebody who works for the property office. The display name is a work name (陈师傅), not sealed.

    `signed_until` is the last day on which a confidentiality agreement lets him see personal data (R16.6); the privacy
    room sets it. None: never signed, so he sees masks only. `totp` is the secret of his authenticator, `totp_new` one
    that waits for its first code; `totp_step` the last half minute whose code was used, so that none serves twice.
    """

    vault_community = None

    login = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=20)
    phone = Sealed(default="", blank=True)
    wechat = models.BooleanField(default=True)
    totp = Sealed(default="", blank=True)
    totp_new = Sealed(default="", blank=True)
    totp_step = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    signed_until = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[StaffManager] = StaffManager()

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        CrewMark.touch(self.memberships.values_list("community_id", flat=True))


class Membership(Row):
    """What a member of staff is in one community: roles, department, skills and whether he is checked in.

    `skills` are leaf codes, `zones` names of zones (empty: everywhere). `on_shift` is the switch that stands for the
    roster until rosters exist; `on_call` people are asked for P0 though not checked in.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="memberships")
    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    dept = models.CharField(max_length=4, choices=Dept.choices)
    roles = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    zones = models.JSONField(default=list)
    on_shift = models.BooleanField(default=False)
    on_call = models.BooleanField(default=False)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    last_job_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("staff", "community"), name="accounts_membership_once"),)

    def __str__(self) -> str:
        return f"{self.staff_id} in {self.community_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        CrewMark.touch([self.community_id])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        CrewMark.touch([self.community_id])
        return super().delete(*args, **kwargs)


class Certificate(Row):
    """A legal certificate; valid through the day `valid_to`."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=12, choices=CertKind.choices)
    valid_to = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("staff", "kind"), name="accounts_certificate_once"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.staff_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        CrewMark.touch(self.staff.memberships.values_list("community_id", flat=True))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        CrewMark.touch(self.staff.memberships.values_list("community_id", flat=True))
        return super().delete(*args, **kwargs)
