"""Shifts, posts and patterns as data; who has which turn; what has been published."""

from datetime import time
from typing import Any

from django.db import models

from anju.accounts.models import CrewMark, Staff
from anju.core.rows import Row
from anju.duty.choices import Decision, LeaveKind, TurnState
from anju.duty.rules import patterns
from anju.duty.rules.spans import DAY, Need, Work, minute
from anju.estate.models import Community, Place


class Shift(Row):
    """班次: begins `begin_min` minutes after midnight of the date it belongs to (1440: at its end) and lasts `length_min`.

    `paid_min` are the minutes of work without breaks; on call one waits at home and they are 0.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    code = models.CharField(max_length=4)
    name = models.CharField(max_length=20)
    begin_min = models.PositiveSmallIntegerField()
    length_min = models.PositiveSmallIntegerField()
    paid_min = models.PositiveSmallIntegerField()
    on_call = models.BooleanField(default=False)

    class Meta:
        ordering = ("begin_min", "code")
        constraints = (models.UniqueConstraint(fields=("community", "code"), name="duty_shift_code"),)

    def __str__(self) -> str:
        return self.code

    @property
    def hours(self) -> str:
        """From when to when, as in the head of a grid: 16:00–24:00."""
        begin, end = self.begin_min % DAY, (self.begin_min + self.length_min) % DAY or DAY
        return f"{begin // 60:02d}:{begin % 60:02d}–{end // 60:02d}:{end % 60:02d}"


class Post(Row):
    """岗位: what must be staffed around the clock by `heads` people (0: no coverage asked).

    `certs` are kinds of certificates everybody there needs; `role` is what somebody is while he stands there (DM);
    `vendor`: an outside answering service stands for one head in its window. `pooled_until`: through this day the
    labour office has approved 综合计算工时, `pooled_no` is its number. `guarded`: nobody leaves it before he is relieved.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=20)
    dept = models.CharField(max_length=4)
    role = models.CharField(max_length=4, default="", blank=True)
    certs = models.JSONField(default=list, blank=True)
    heads = models.PositiveSmallIntegerField(default=1)
    on_call = models.BooleanField(default=False)
    vendor = models.BooleanField(default=False)
    guarded = models.BooleanField(default=False)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    pooled_no = models.CharField(max_length=40, default="", blank=True)
    pooled_until = models.DateField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("rank", "id")
        constraints = (models.UniqueConstraint(fields=("community", "code"), name="duty_post_code"),)

    def __str__(self) -> str:
        return self.name

    def need(self, window: str) -> Need:
        """As coverage is counted; `window` is the hours of the outside service, "22:00-08:00"."""
        begin, end = (time.fromisoformat(one) for one in window.split("-"))
        hours = (begin.hour * 60 + begin.minute, end.hour * 60 + end.minute)
        return Need(self.id, self.heads, self.on_call, hours if self.vendor else None)


class Pattern(Row):
    """排班规律: a cycle of shift codes ("" is a day off); team k is `step` × k days ahead."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    name = models.CharField(max_length=20)
    cycle = models.JSONField()
    anchor_on = models.DateField()
    step = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("community", "name"), name="duty_pattern_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def rule(self) -> patterns.Pattern:
        return patterns.Pattern(tuple(self.cycle), self.anchor_on.toordinal(), self.step)


class Turn(Row):
    """班: one person on one post for one shift of one date. `extra` is over his own turns: a stand-in, overtime.

    `instead_of` is the turn it took the place of. `pay_rate` is percent of the hourly pay (R2.3).
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    day = models.DateField()
    begin_at = models.DateTimeField()
    end_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=TurnState.choices, default=TurnState.DRAFT)
    extra = models.BooleanField(default=False)
    pay_rate = models.PositiveSmallIntegerField(default=100)
    instead_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_out_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=5, default="", blank=True)

    class Meta:
        ordering = ("begin_at", "post_id", "staff_id")
        constraints = (
            models.UniqueConstraint(
                fields=("staff", "post", "shift", "day"),
                condition=~models.Q(state__in=("ABSENT", "SWAPPED")),
                name="duty_turn_once",
            ),
        )
        indexes = (
            models.Index(fields=("community", "begin_at"), name="duty_turn_begin"),
            models.Index(fields=("staff", "begin_at"), name="duty_turn_staff"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.shift_id} {self.staff_id}"

    @property
    def work(self) -> Work:
        """As the rules count it; the shift must be at hand."""
        on_call, paid = self.shift.on_call, self.shift.paid_min
        return Work(
            self.staff_id,
            self.post_id,
            minute(self.begin_at),
            minute(self.end_at),
            self.day.toordinal(),
            paid,
            on_call,
            self.id,
        )


class Publication(Row):
    """The roster of these dates is in force from `begin_at`, when the first shift of the day begins, up to `end_at`.

    `reason` says why it came later than the rule asks (R2.1).
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    begin_at = models.DateTimeField()
    end_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("community", "end_at"), name="duty_publication_end"),)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        CrewMark.touch([self.community_id])

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"


class Leave(Row):
    """请假 of a person in all his communities, from one instant to another."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=LeaveKind.choices)
    begin_at = models.DateTimeField()
    end_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=Decision.choices, default=Decision.ASKED)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("begin_at",)
        indexes = (models.Index(fields=("staff", "end_at"), name="duty_leave_staff"),)

    def __str__(self) -> str:
        return f"{self.staff_id} {self.kind}"


class Swap(Row):
    """换班: `turn` goes to `to`, who may give `back` one of his own; he agrees, then a leader approves."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="+")
    to = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    back = models.ForeignKey(Turn, models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=Decision.choices, default=Decision.ASKED)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.turn_id} to {self.to_id}"
