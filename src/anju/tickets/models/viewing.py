"""Lists that people come back to."""

from django.db import models
from django.db.models import Q

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.estate.models import Community


class SavedView(Row):
    """存下的视图: the filters of the queue under a name, for its maker and, with `dept`, for his department there.

    `query` is the filter set as it stands in the address; `place` orders the maker's views; `dropped_at` is when it was
    deleted, for as long as that can be taken back.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    name = models.CharField(max_length=12)
    query = models.JSONField(default=dict)
    dept = models.CharField(max_length=4, default="", blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    is_default = models.BooleanField(default=False)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("community", "dept"), condition=~Q(dept=""), name="tickets_view_shared"),)
        constraints = (
            models.UniqueConstraint(
                fields=("staff", "community", "name"), condition=Q(dropped_at=None), name="tickets_view_name"
            ),
            models.UniqueConstraint(
                fields=("staff", "community"), condition=Q(is_default=True), name="tickets_view_default"
            ),
        )

    def __str__(self) -> str:
        return self.name
