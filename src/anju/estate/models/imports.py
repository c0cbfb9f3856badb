"""Rosters on their way into the register, and what each of them has made."""

from django.db import models

from anju.core.rows import Row
from anju.estate.choices import ImportState
from anju.estate.models.places import Community
from anju.vault.fields import Sealed


class Import(Row):
    """A roster: first a draft with the file in it, then what it has made of the register.

    `content` is the file in base64, sealed, gone when the import is written, dropped, or a day old. `matching` is the
    sheet, header row and columns that somebody chose. `made` names by table the ids of the rows it made, and under
    "changed" what it changed of which room, as [before, after] by column: all that taking it back needs.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    name = Sealed(default="", blank=True)
    content = Sealed(default="", blank=True)
    matching = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.DRAFT)
    counts = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"import {self.pk}"
