"""An incident, its people, its steps, its tickets."""

from collections.abc import Sequence

from django.db import models

from anju.accounts.models import Staff
from anju.core.rows import Row
from anju.estate.models import Community
from anju.files.models import File
from anju.incidents.choices import RUNNING, CallState, Evidence, Level, Role, State, Weight
from anju.incidents.rules.plans import Plan, plan
from anju.tickets.models import Ticket
from anju.vault.fields import Sealed


class Incident(Row):
    """突发事件. `t0` is T0, from which all minutes count; `areas` are what is affected, each {"building", "unit"} (both
    empty: the whole community) or {"place"} of a public part; `place` is what residents read.

    `eta_asked_at`: since then the page demands a new time (R3.5). `conditions` are those of the plan with whether they
    are ticked. `mixed_at`: since then there is
    a real emergency in the area of this drill.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    no = models.CharField(max_length=16)
    kind = models.CharField(max_length=12)
    plan_version = models.CharField(max_length=12)
    leaf_code = models.CharField(max_length=4, default="", blank=True)
    level = models.CharField(max_length=3, choices=Level.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    state_since = models.DateTimeField()
    is_drill = models.BooleanField(default=False)
    place = models.CharField(max_length=40)
    place_codes = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    warning = models.CharField(max_length=12, default="", blank=True)
    opened_at = models.DateTimeField()
    t0 = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    commander = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    interval_min = models.PositiveSmallIntegerField()
    eta_at = models.DateTimeField(null=True)
    eta_asked_at = models.DateTimeField(null=True)
    eta_answered_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=20, default="", blank=True)
    missing = models.CharField(max_length=20, default="", blank=True)
    conditions = models.JSONField(default=list)
    controlled_at = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    reason = Sealed(default="", blank=True)
    recurrences = models.PositiveSmallIntegerField(default=0)
    review_due_on = models.DateField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    review = Sealed(default="", blank=True)
    mixed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("community", "no"), name="incidents_incident_no"),)
        indexes = (
            models.Index(
                fields=("community", "kind"),
                condition=models.Q(state__in=sorted(RUNNING)),
                name="incidents_running",
            ),
        )

    def __str__(self) -> str:
        return f"{self.no} {self.kind} {self.state}"

    @property
    def subject(self) -> tuple[str, int]:
        """How journal, timers and deliveries name it."""
        return ("incident", self.id)

    @property
    def runs(self) -> bool:
        return self.state in RUNNING

    @property
    def eta_is_owed(self) -> bool:
        """Thirty minutes are over, and no new time has been published (R3.5)."""
        return self.runs and self.eta_asked_at is not None and self.eta_answered_at is None

    @property
    def plan(self) -> Plan:
        """What residents read and must be so at the end; the steps are copied."""
        return plan(self.kind)

    @property
    def group_id(self) -> str:
        """The internal room: its timeline."""
        return f"room:{self.no}"

    @property
    def commanders(self) -> Sequence[int]:
        """Who may command: the one who has answered, else everybody who was called to."""
        rows = list(self.calls.filter(role=Role.CMD).exclude(state=CallState.RELIEVED))
        acked = [one.staff_id for one in rows if one.state == CallState.ACKED]
        return acked or [one.staff_id for one in rows]


class Call(Row):
    """Somebody is called into a role, and answers or not. `also` is the other incident in which he has a part."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="calls")
    role = models.CharField(max_length=4, choices=Role.choices)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ack_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=CallState.choices, default=CallState.CALLED)
    also = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("called_at", "id")

    def __str__(self) -> str:
        return f"{self.role} {self.state}"


class Step(Row):
    """One step of the plan as copied when it began, and how it was done. `wrong`: by somebody who may not."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="steps")
    no = models.PositiveSmallIntegerField()
    target_min = models.SmallIntegerField()
    role = models.CharField(max_length=4, choices=Role.choices)
    text = models.CharField(max_length=80)
    evidence = models.CharField(max_length=8, choices=Evidence.choices)
    weight = models.CharField(max_length=1, choices=Weight.choices)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    note = Sealed(default="", blank=True)
    photo = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    wrong_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    wrong_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("no",)
        constraints = (models.UniqueConstraint(fields=("incident", "no"), name="incidents_step_once"),)

    def __str__(self) -> str:
        return f"{self.no} {self.role}"


class Link(Row):
    """A ticket that belongs to an incident."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="links")
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("ticket_id",)

    def __str__(self) -> str:
        return f"{self.incident_id} {self.ticket_id}"
