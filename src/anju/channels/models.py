"""What the simulated providers took, and how they behave."""

from django.db import models
from django.db.models import Q

from anju.channels.carrier import ReceiptState
from anju.channels.choices import Mode
from anju.core.rows import Row
from anju.vault.fields import Sealed


class SimMessage(Row):
    """A message a simulator accepted. A provider that honours the key keeps one per `once`; SMS keeps them all."""

    community_id = models.BigIntegerField(null=True)
    letter = models.CharField(max_length=1)
    key = models.CharField(max_length=40, db_index=True)
    once = models.CharField(max_length=48, null=True, unique=True)
    recipient = models.CharField(max_length=32)
    template = models.CharField(max_length=8)
    to = Sealed()
    body = Sealed()
    at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in ReceiptState])
    due_at = models.DateTimeField(null=True)
    """When the callback "delivered" goes out; null when none is pending."""

    class Meta:
        indexes = (
            models.Index(fields=("at", "id"), name="channels_sim_at"),
            models.Index(fields=("due_at", "id"), name="channels_sim_due", condition=Q(due_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.letter} {self.template} {self.recipient} {self.state}"

    @property
    def provider_id(self) -> str:
        """The id the simulated provider gives out."""
        return f"sim-{self.pk}"


class SimMode(Row):
    """How the simulator of one kind ("sms", "wechat", "voice") behaves from now on."""

    kind = models.CharField(max_length=16, unique=True)
    mode = models.CharField(max_length=20, choices=Mode.choices, default=Mode.OK)
    delay_s = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind}: {self.mode}, {self.delay_s} s"
