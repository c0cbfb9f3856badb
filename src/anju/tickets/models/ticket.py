"""The work order and its clocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.functional import cached_property

from anju import understanding
from anju.accounts.choices import Dept
from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.estate.models import Asset, Community, Person, Place, Room
from anju.files.models import File
from anju.journal.models import Entry
from anju.notify.models import Delivery
from anju.tickets.choices import Channel, ClockKind, ClockState, LeafSource, Light, Prio, Reason, Status, Type
from anju.vault.blind import blind
from anju.vault.fields import Sealed

OPEN = ("NEW", "ACCEPTED", "DISPATCHED", "TAKEN", "IN_PROGRESS", "SUSPENDED", "PENDING_ACCEPTANCE", "PENDING_VISIT")


@dataclass(frozen=True, slots=True)
class Written:
    """What the last step wrote: so that the answer to it need not read it again."""

    entries: Sequence[Entry]
    clocks: "Sequence[Clock]"
    told: Sequence[Delivery]
    staff: Mapping[int, Staff]


class Ticket(Row):
    """工单. What the resident wrote and how to reach him are sealed; lists read only plain columns and the title.

    `light`, its reason and `due_at` (the deadline that decides it) are stored when they change, so a list sorts by an
    index; `rank` is 0 red … 3 grey, `held` is False when nobody answers for the ticket: such a one comes first.
    `event_seq` numbers the journal entries, `version` the changes a person can collide with. `forgotten_at`: since then
    nobody can be told from it (R16.9). `code_tries` counts the wrong tries of the resident's arrival code.
    """

    vault_index = {"reporter_hash": lambda row: blind(row.reporter_phone, "phone")}

    community = models.ForeignKey(Community, models.PROTECT, related_name="tickets")
    no = models.CharField(max_length=16)
    type = models.CharField(max_length=2, choices=Type.choices)
    leaf_code = models.CharField(max_length=4)
    leaf_source = models.CharField(max_length=6, choices=LeafSource.choices)
    leaf_conf = models.FloatField(default=0.0)
    leaf_words = models.JSONField(default=list)
    leaf_model = models.CharField(max_length=24, default="", blank=True)
    second_leaf = models.CharField(max_length=4, default="", blank=True)
    suspected_leaf = models.CharField(max_length=4, default="", blank=True)
    prio = models.CharField(max_length=2, choices=Prio.choices)
    title = Sealed(default="")
    text = Sealed(default="")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, related_name="+")
    reporter = models.ForeignKey(Person, models.PROTECT, null=True, related_name="tickets")
    reporter_phone = Sealed(default="", blank=True)
    reporter_hash = models.CharField(max_length=32, default="", blank=True)
    reporter_wechat = models.BooleanField(default=False)
    reporter_staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    channel_ref = models.CharField(max_length=64, default="", blank=True)
    guest_key = models.CharField(max_length=32, default="", blank=True)
    reported_at = models.DateTimeField()
    created_at = models.DateTimeField()
    late_entry = models.BooleanField(default=False)
    appointment_start = models.DateTimeField(null=True)
    appointment_end = models.DateTimeField(null=True)

    status = models.CharField(max_length=18, choices=Status.choices, default=Status.NEW)
    status_since = models.DateTimeField()
    resume_to = models.CharField(max_length=18, default="", blank=True)
    light = models.CharField(max_length=6, choices=Light.choices, default=Light.GREEN)
    light_reason = models.CharField(max_length=12, choices=Reason.choices, default=Reason.NONE)
    light_clock = models.CharField(max_length=12, default="", blank=True)
    rank = models.PositiveSmallIntegerField(default=2)
    due_at = models.DateTimeField(null=True)
    was_red = models.BooleanField(default=False)

    first_contact = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    accountable = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    held = models.BooleanField(default=False)
    handler = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    co_offer = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    lead_dept = models.CharField(max_length=4, choices=Dept.choices)
    passed_by = models.JSONField(default=list)
    dispatch_why = models.JSONField(default=dict)
    promised_at = models.DateTimeField(null=True)

    reopen_count = models.PositiveSmallIntegerField(default=0)
    urge_count = models.PositiveSmallIntegerField(default=0)
    last_urge_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    handoff_count = models.PositiveSmallIntegerField(default=0)
    redispatched = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=0)
    plan_due_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    ruling = models.JSONField(default=dict)
    master = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    child_count = models.PositiveIntegerField(default=0)
    photo_count = models.PositiveSmallIntegerField(default=0)
    voice = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    visit_due = models.BooleanField(default=False)
    result = Sealed(default="", blank=True)
    parts = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)
    close_code = models.CharField(max_length=12, default="", blank=True)
    forgotten_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    event_seq = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    written: Written | None = None

    class Meta:
        constraints = (models.UniqueConstraint(fields=("community", "no"), name="tickets_ticket_no"),)
        indexes = (
            models.Index(
                fields=("community", "rank", "held", "due_at", "id"),
                condition=models.Q(status__in=OPEN),
                name="tickets_ticket_queue",
            ),
            models.Index(fields=("handler", "status"), condition=models.Q(status__in=OPEN), name="tickets_handler"),
            models.Index(fields=("reporter", "created_at"), name="tickets_reporter"),
            models.Index(fields=("reporter_hash", "created_at"), name="tickets_reporter_phone"),
            models.Index(fields=("asset", "leaf_code"), condition=models.Q(status__in=OPEN), name="tickets_asset_open"),
            models.Index(fields=("place", "leaf_code"), condition=models.Q(status__in=OPEN), name="tickets_place_open"),
            models.Index(fields=("community", "created_at"), name="tickets_created"),
            models.Index(fields=("guest_key",), condition=~models.Q(guest_key=""), name="tickets_guest_key"),
            models.Index(fields=("community", "id"), condition=models.Q(status__in=OPEN), name="tickets_open"),
        )

    def __str__(self) -> str:
        return self.no

    @property
    def leaf(self) -> understanding.Leaf:
        """The leaf of the classification tree."""
        return understanding.leaf(self.leaf_code)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def subject(self) -> tuple[str, int]:
        """How journal, timers and deliveries name this ticket."""
        return ("ticket", self.id)

    @property
    def spot(self) -> str:
        """The thing or public place it is about, by name; nothing for a home."""
        if self.asset_id and self.asset:
            return self.asset.name
        return self.place.name if self.place_id and self.place else ""

    @property
    def hotline(self) -> str:
        """The office's own number, which is nobody's secret."""
        return self.community.hotline

    @cached_property
    def where(self) -> str:
        """The public place, or building and unit of a home: all that a message may say (B.2 `place`)."""
        return self.spot or (self.room.stairway if self.room_id and self.room else "")


class Clock(Row):
    """One clock of a ticket, kept as time used plus since when it runs: pausing never loses a second (I5).

    `duration_s`, `used_s` in seconds; `deadline` is set while it runs; `breached_at` is the second of the breach,
    `why` says when the breach is not the handler's (改派, 补录). `hours` are those of the day in which it counts, "" for
    all of them (R1.5). A restart makes a new `round`.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=12, choices=ClockKind.choices)
    round = models.PositiveSmallIntegerField(default=0)
    base = models.DateTimeField()
    duration_s = models.PositiveIntegerField()
    used_s = models.IntegerField(default=0)
    running_since = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=ClockState.choices, default=ClockState.RUNNING)
    met_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    warned = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=12, default="", blank=True)
    hours = models.CharField(max_length=11, default="", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("ticket", "kind", "round"), name="tickets_clock_round"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
