"""What is signed and what is taken out."""

from django.db import models

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.estate.models import Community
from anju.privacy.choices import AgreementKind, ExportKind, ExportState
from anju.vault.fields import Sealed


class AgreementText(Row):
    """A version of 《保密协议》 (H.10); who signed an older one has until `due_on` to sign this."""

    version = models.PositiveIntegerField(unique=True)
    body = models.TextField()
    due_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"version {self.version}"


class Agreement(Row):
    """A signature on the screen: his name as he typed it, and the digest of the text he saw. Valid through `valid_to`."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="agreements")
    text = models.ForeignKey(AgreementText, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=AgreementKind.choices, default=AgreementKind.YEARLY)
    signature = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    valid_to = models.DateField()
    ip = models.CharField(max_length=45, default="", blank=True)

    class Meta:
        indexes = (models.Index(fields=("staff", "-signed_at"), name="privacy_agreement_last"),)

    def __str__(self) -> str:
        return f"{self.kind} to {self.valid_to}"


class Export(Row):
    """A list that leaves the house (R16.4). `content` is the file, encrypted with a password that went another way.

    `full`: with unmasked values, which compliance alone can allow. `filters`: those of
    the queue, when that is what was asked for. `approvals` are {staff, at} of others.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    no = models.CharField(max_length=16)
    requester = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=ExportKind.choices)
    purpose = Sealed()
    fields = models.JSONField(default=list)
    building = models.CharField(max_length=16, default="", blank=True)
    filters = models.JSONField(default=dict)
    full = models.BooleanField(default=False)
    rows = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.REQUESTED)
    approvals = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    content = Sealed(default="", blank=True)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("community", "no"), name="privacy_export_no"),)

    def __str__(self) -> str:
        return f"{self.no} {self.state}"
