"""Looking at a person's data: reveals, the signed log, and what in it needs a second look."""

from django.db import models

from anju.accounts.choices import Role
from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.estate.models import Community, Person
from anju.privacy.choices import FindingKind, FindingState, LineKind, RevealState, Why
from anju.tickets.models import Ticket
from anju.vault.fields import Sealed


class Reveal(Row):
    """One field of one person for one member of staff (R16.2): shown for 60 s, again within `valid_until` (15 min).

    `person` is empty for a reporter who is only a phone number. `asked_at` counts for the quota of its Shanghai day
    unless a supervisor gave it (`approver`).
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="+")
    field = models.CharField(max_length=12)
    reason = models.CharField(max_length=10, choices=Why.choices)
    text = Sealed(default="")
    state = models.CharField(max_length=10, choices=RevealState.choices)
    asked_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    approver = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("staff", "asked_at"), name="privacy_reveal_quota"),)

    def __str__(self) -> str:
        return f"{self.field} {self.state}"


class Chain(Row):
    """The end of the log, locked by whoever adds a line; `kept_*` is the last line that was purged after its term."""

    seq = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, default="", blank=True)
    kept_seq = models.PositiveBigIntegerField(default=0)
    kept_mac = models.CharField(max_length=64, default="", blank=True)

    def __str__(self) -> str:
        return f"{self.seq} lines"


class LogLine(Row):
    """Somebody saw something of somebody (R16.3). Append-only; `mac` signs everything here and the line before.

    `field` names what was seen, several with commas for an export. `policy` is the version of table 16.2 it was seen
    under, `key_id` the data key of the signature.
    """

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=8, choices=LineKind.choices)
    community_id = models.BigIntegerField()
    actor_id = models.BigIntegerField()
    role = models.CharField(max_length=4, choices=Role.choices)
    person_id = models.BigIntegerField(null=True)
    room_id = models.BigIntegerField(null=True)
    ticket_id = models.BigIntegerField(null=True)
    source_id = models.BigIntegerField()
    field = models.CharField(max_length=60)
    reason = models.CharField(max_length=10, default="", blank=True)
    text = Sealed(default="", blank=True)
    ip = models.CharField(max_length=45, default="", blank=True)
    device = models.CharField(max_length=120, default="", blank=True)
    policy = models.PositiveSmallIntegerField()
    key_id = models.BigIntegerField()
    before = models.CharField(max_length=64, default="", blank=True)
    mac = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index(fields=("person_id", "at"), name="privacy_line_person"),
            models.Index(fields=("actor_id", "at"), name="privacy_line_actor"),
        )

    def __str__(self) -> str:
        return f"#{self.seq} {self.kind} {self.field}"


class Finding(Row):
    """What compliance must look at: an anomaly, or a line drawn for the weekly check."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=FindingKind.choices)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    line = models.ForeignKey(LogLine, models.SET_NULL, null=True, related_name="+")
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="+")
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    last_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=FindingState.choices, default=FindingState.OPEN)
    verdict = Sealed(default="", blank=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("community", "state", "-at"), name="privacy_finding_open"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class AddressCall(Row):
    """How often an address was tried in one call (R16.1): five times, then no more."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    call = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("staff", "call"), name="privacy_address_call"),)

    def __str__(self) -> str:
        return f"{self.tries} tries"
