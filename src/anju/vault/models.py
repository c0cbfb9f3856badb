"""The data keys, wrapped by the master key."""

from django.db import models
from django.db.models import Q

from anju.core.rows import Row
from anju.vault.choices import KeyState, Purpose


class DataKey(Row):
    """A 32-byte key of one community (none: the company), for one purpose (key_ref of domain file 16).

    Its row id is the key id inside every value it sealed, so a row here may never be deleted while such values live.
    """

    community_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    wrapped = models.BinaryField()
    state = models.CharField(max_length=8, choices=KeyState.choices, default=KeyState.ACTIVE)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    """When nothing was left that an old key had made."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("community_id", "purpose"),
                condition=Q(state=KeyState.ACTIVE),
                name="vault_one_active_key",
            ),
            # NULLs are distinct in a unique index, so the company's key needs its own.
            models.UniqueConstraint(
                fields=("purpose",),
                condition=Q(state=KeyState.ACTIVE, community_id__isnull=True),
                name="vault_one_active_company_key",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} key {self.pk} of {self.community_id} ({self.state})"
