"""People, their phones and their rooms."""

from django.db import models

from anju.core.rows import Row
from anju.estate.choices import ContactState, PersonKind, Purpose, Relation
from anju.estate.models.places import Community, Room
from anju.estate.naming import name_key
from anju.vault.blind import blind
from anju.vault.fields import Sealed


class Person(Row):
    """Somebody who lives in or owns a room. `name_hash` and `openid_hash` are keyed indexes for exact search."""

    vault_index = {
        "name_hash": lambda row: name_key(row.name),
        "openid_hash": lambda row: blind(row.openid, "openid"),
    }

    community = models.ForeignKey(Community, models.PROTECT, related_name="people")
    name = Sealed()
    name_hash = models.CharField(max_length=32, db_index=True)
    kind = models.CharField(max_length=8, choices=PersonKind.choices, default=PersonKind.HUMAN)
    openid = Sealed(default="", blank=True)
    openid_hash = models.CharField(max_length=32, default="", blank=True, db_index=True)

    def __str__(self) -> str:
        return f"person {self.pk}"


class Contact(Row):
    """A phone of a person; the lowest `rank` is called first. `tail_hash` is a keyed index of the last four digits."""

    vault_index = {
        "phone_hash": lambda row: blind(row.phone, "phone"),
        "tail_hash": lambda row: blind(row.phone[-4:], "tail"),
    }

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    phone = Sealed()
    phone_hash = models.CharField(max_length=32, db_index=True)
    tail_hash = models.CharField(max_length=32, db_index=True)
    rank = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=12, default="本人")
    state = models.CharField(max_length=12, choices=ContactState.choices, default=ContactState.VALID)

    class Meta:
        ordering = ("person_id", "rank", "id")
        constraints = (models.UniqueConstraint(fields=("person", "phone_hash"), name="estate_contact_once"),)

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Consent(Row):
    """A person said yes to a purpose, and perhaps no again: one row per yes, with the version of the text he read.

    A purpose the contract or the law needs asks for none (个人信息保护法 §13). `quiet_until`: nobody asks again before
    (数据条例 §22, our 90 days).
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    text_version = models.PositiveSmallIntegerField()
    quiet_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "purpose"), condition=models.Q(withdrawn_at=None), name="estate_consent_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} of {self.person_id}"


class Occupancy(Row):
    """房屋关系: a person's relation to a room. Shares are fractions; the end day is the first day no longer valid."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, models.CASCADE, related_name="occupancies")
    person = models.ForeignKey(Person, models.CASCADE, related_name="occupancies")
    role = models.CharField(max_length=8, choices=Relation.choices)
    share_n = models.PositiveIntegerField(null=True, blank=True)
    share_d = models.PositiveIntegerField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    is_primary = models.BooleanField(default=False)
    is_bill_payer = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("room", "person", "role"), name="estate_occupancy_once"),
            models.UniqueConstraint(
                fields=("room",),
                condition=models.Q(is_bill_payer=True, to_on=None),
                name="estate_occupancy_one_payer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} of room {self.room_id}"
