"""Tables of the journal."""

from django.db import models

from anju.core.rows import Row
from anju.vault.fields import Sealed


class Entry(Row):
    """Something that happened. Append-only; a correction is a new entry that names the old one (C7).

    `data` holds facts without personal content; `note` is what a person wrote (sealed). `visible` tells whether the
    owner side may see the entry. `client_at` is the phone's own time of an action recorded offline.
    """

    at = models.DateTimeField()
    community_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    note = Sealed(default="", blank=True)
    visible = models.BooleanField(default=False)
    client_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("subject_type", "subject_id", "seq")
        constraints = (
            models.UniqueConstraint(fields=("subject_type", "subject_id", "seq"), name="journal_entry_gap_free"),
        )
        indexes = (models.Index(fields=("community_id", "id"), name="journal_entry_community"),)

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id}#{self.seq}"


class News(Row):
    """An entry that one listener has still to hear: at least once, in order of id."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    listener = models.CharField(max_length=80)
    attempts = models.PositiveSmallIntegerField(default=0)
    parked = models.BooleanField(default=False)
    locked_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("id",), condition=models.Q(parked=False), name="journal_news_pending"),)

    def __str__(self) -> str:
        return f"{self.listener} <- {self.entry_id}"


class Receipt(Row):
    """The first result of an idempotency key (C8): a repeat of the same request finds its subject here."""

    owner = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("owner", "key"), name="journal_receipt_once"),)

    def __str__(self) -> str:
        return f"{self.owner} {self.key[:8]}"
