"""The one table of messages: a row per message and channel."""

import json
from datetime import datetime

from django.db import models
from django.db.models import Q

from anju.core.rows import Row
from anju.notify.choices import NOT_TOLD, TROUBLED, Channel, Reason, RecipientKind, State
from anju.vault.fields import Sealed


class Hold(Row):
    """While there is a row, no message leaves: the database was restored and nobody has released it yet."""

    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"held since {self.since}"


class Delivery(Row):
    """This must be told to that person through this channel.

    `due_at` is the next moment somebody must look at the row: to send it (`send_at`), to look after it (`check_at`),
    or to take it over from a worker that died (while `locked_by` holds it); null when nothing is left to do.
    """

    community_id = models.BigIntegerField(null=True)
    template = models.CharField(max_length=8)
    to_kind = models.CharField(max_length=8, choices=RecipientKind.choices)
    to_id = models.BigIntegerField()
    channel = models.CharField(max_length=1, choices=Channel.choices)
    address = Sealed()
    phone = Sealed()
    """Where SMS or a call goes when this WeChat message does not arrive; empty for none."""
    sign = models.CharField(max_length=32)
    body = Sealed()
    vars = models.JSONField(default=dict)
    secrets = Sealed(default="", blank=True)
    """Those values that open something: a login code, the password of an export (JSON); `vars` has *** for them."""
    characters = models.PositiveSmallIntegerField(default=0)
    segments = models.PositiveSmallIntegerField(default=0)
    about_type = models.CharField(max_length=16)
    about_id = models.BigIntegerField()
    parent_id = models.BigIntegerField(null=True)
    """The WeChat message this SMS or call stands in for."""
    emergency = models.BooleanField(default=False)
    asked = models.BooleanField(default=False)

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=12, choices=Reason.choices, default="")
    detail = models.CharField(max_length=120, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often a worker took it; those that neither succeeded nor count as `failures` died with their worker."""
    failures = models.PositiveSmallIntegerField(default=0)
    provider_id = models.CharField(max_length=64, default="")
    locked_by = models.CharField(max_length=16, default="")

    created_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    """When it was to leave: after quiet hours, or when a later moment was asked for."""
    first_at = models.DateTimeField(null=True)
    send_at = models.DateTimeField(null=True)
    check_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("channel", "due_at", "id"), name="notify_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=("channel", "due_at", "id"),
                name="notify_due_urgent",
                condition=Q(due_at__isnull=False, emergency=True),
            ),
            models.Index(fields=("about_type", "about_id"), name="notify_about"),
            models.Index(fields=("to_kind", "to_id", "queued_at"), name="notify_to"),
            models.Index(fields=("channel", "provider_id"), name="notify_provider", condition=~Q(provider_id="")),
            models.Index(
                fields=("community_id", "created_at"), name="notify_troubled", condition=Q(state__in=TROUBLED)
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=NOT_TOLD) | ~Q(reason=""),
                name="notify_reason_given",
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} {self.channel} {self.recipient} {self.state}"

    @property
    def key(self) -> str:
        """The idempotency key: the same for every attempt, unique for ever."""
        return str(self.pk)

    @property
    def recipient(self) -> str:
        """Who is meant: "person:12"."""
        return f"{self.to_kind}:{self.to_id}"

    @property
    def values(self) -> dict[str, str]:
        """All values of the template, as a provider needs them."""
        return {**self.vars, **json.loads(self.secrets or "{}")}

    def settle(self) -> None:
        """Work out `due_at` anew; the row is free."""
        moments: list[datetime] = [moment for moment in (self.send_at, self.check_at) if moment]
        self.due_at = min(moments, default=None)
        self.locked_by = ""
