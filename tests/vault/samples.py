"""Tables with sealed columns, for these tests only: their app is not installed, so no migration knows them."""

from django.db import models

from anju.core.rows import Row
from anju.vault.fields import Sealed


class Person(Row):
    """Somebody in a community."""

    community_id = models.BigIntegerField(null=True)
    name = Sealed()
    phone = Sealed(null=True, blank=True, max_length=20)
    age = models.IntegerField(default=0)

    class Meta:
        app_label = "samples"


class Firm(Row):
    """Of no community: its values are under the company's key."""

    vault_community = None
    name = Sealed(blank=True)

    class Meta:
        app_label = "samples"
