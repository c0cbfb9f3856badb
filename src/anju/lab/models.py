"""The mark of a lab's database: where its clock stands."""

from datetime import datetime

from django.db import models

from anju.core.rows import Row


class State(Row):
    """One row: this database belongs to a lab, and its clock stands here."""

    now = models.DateTimeField()
    fixture = models.CharField(max_length=40)
    seed = models.BigIntegerField(default=0)

    @classmethod
    def standing(cls) -> "State | None":
        """The mark of this database, or None."""
        return cls._default_manager.order_by("id").first()

    @classmethod
    def mark(cls, now: datetime, fixture: str, seed: int) -> None:
        """This database belongs to a lab from now on."""
        cls._default_manager.create(now=now, fixture=fixture, seed=seed)

    @classmethod
    def stands_at(cls, now: datetime) -> None:
        """Remember where the clock stands."""
        cls._default_manager.update(now=now)

    def __str__(self) -> str:
        return f"{self.fixture} at {self.now}"
