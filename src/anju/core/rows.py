"""The base of every table."""

from django.db import models

from anju.core import ids


class Row(models.Model):
    """A table row whose id exists before it is stored."""

    id = models.BigIntegerField(primary_key=True, default=ids.new, editable=False)

    class Meta:
        abstract = True
