"""Tables of what was learnt."""

from django.db import models

from anju.core.rows import Row
from anju.estate.models import Community
from anju.tickets.models import Ticket
from anju.vault.fields import Sealed


class Correction(Row):
    """An agent chose another leaf than the system. `text` is masked; `before` is the first suggestion, `after` the last
    word. `model` is the version that was wrong, `confidence` how sure it was, 0 to 1."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="correction")
    text = Sealed(default="", blank=True)
    before = models.CharField(max_length=4)
    after = models.CharField(max_length=4)
    model = models.CharField(max_length=24)
    confidence = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("at",), name="learning_correction_at"),)

    def __str__(self) -> str:
        return f"{self.before} -> {self.after}"
