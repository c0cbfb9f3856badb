"""What is sent and given about rosters. Ids are texts; people are named by login; times have an offset."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from anju.api.bodies import Proof
from anju.api.duty.asking import CommunityIn, Minutes, RowId
from anju.api.schemas import Instant, Short, Strict, Text

Day = date


class FoundIn(CommunityIn):
    """The standard set; `fire_room`: there is a fire control room."""

    fire_room: bool = False


class ShiftIn(CommunityIn):
    """A kind of working time: minutes from midnight of its date (1440: 24:00), its length and the paid part."""

    code: Short
    name: Short
    begin_min: Minutes
    length_min: Minutes
    paid_min: Minutes
    on_call: bool = False


class PostIn(CommunityIn):
    """A post and what it asks for."""

    code: Short
    name: Short
    dept: Short
    role: Short = ""
    certs: Annotated[list[Short], Field(max_length=6)] = []
    heads: Annotated[int, Field(ge=0, le=200, strict=True)] = 1
    on_call: bool = False
    vendor: bool = False
    guarded: bool = False
    place: Short | None = None
    pooled_no: Short = ""
    pooled_until: Day | None = None


class PatternIn(CommunityIn):
    """A cycle of shift codes; 休 or "" is a day off."""

    name: Short
    cycle: Annotated[list[Short], Field(min_length=1, max_length=60)]
    anchor_on: Day
    step: Annotated[int, Field(ge=0, le=60, strict=True)] = 1


class StepIn(Strict):
    """One step of a chain: TECHNICIAN, SUP, DM, PM, POST (ref: its code), STAFF (ref: login), LINE (ref: a number)."""

    who: Literal["TECHNICIAN", "SUP", "DM", "PM", "POST", "STAFF", "LINE"]
    ref: Short = ""
    ack_s: Annotated[int, Field(strict=True)] = 180


class ChainIn(CommunityIn):
    """The steps of a chain."""

    steps: Annotated[list[StepIn], Field(max_length=50)]


class GenerateIn(CommunityIn):
    """A pattern over people: one list of logins per team."""

    pattern: Short
    post: Short
    teams: Annotated[list[Annotated[list[Short], Field(max_length=500)]], Field(min_length=1, max_length=60)]
    first: Day
    last: Day


class TurnIn(CommunityIn):
    """One turn."""

    staff: Short
    post: Short
    shift: Short
    day: Day


class PublishIn(CommunityIn):
    """From when to when; the reason when it is late."""

    first: Day
    last: Day
    reason: Short = ""


class CheckIn(Strict):
    """The proof: a scanned code or a position."""

    proof: Proof | None = None


class ToIn(Strict):
    """To whom."""

    to: Short


class LeaveIn(CommunityIn):
    """Absence of oneself or of somebody."""

    staff: Short | None = None
    kind: Short
    begin: Instant
    end: Instant


class SwapIn(Strict):
    """Which turn goes to whom, and which of his comes back."""

    turn: RowId
    to: Short
    back: RowId | None = None


class SheetIn(Strict):
    """Of which turn."""

    turn: RowId


class LineIn(Strict):
    """A matter of one's own, or with `line` a word to one that is listed."""

    title: Short = ""
    note: Text = ""
    line: RowId | None = None


class LineReasonIn(Strict):
    """Which line and why."""

    line: RowId
    reason: Text = ""


class ReasonIn(Strict):
    """Why."""

    reason: Text = ""


class AnswerIn(Strict):
    """Key 1 with the minutes until he is there, or key 2."""

    key: Literal["1", "2"]
    minutes: Annotated[int, Field(strict=True)] | None = None


class ShiftOut(Schema):
    """A kind of working time."""

    code: str
    name: str
    hours: str
    begin_min: int
    length_min: int
    paid_min: int
    on_call: bool


class PostOut(Schema):
    """A post."""

    code: str
    name: str
    dept: str
    role: str
    certs: list[str]
    heads: int
    on_call: bool
    vendor: bool
    guarded: bool
    place: str | None
    pooled_until: date | None


class PatternOut(Schema):
    """A pattern."""

    name: str
    cycle: list[str]
    anchor_on: date
    step: int


class TurnOut(Schema):
    """One turn."""

    id: str
    day: date
    post: str
    shift: str
    staff: str
    begin: datetime
    end: datetime
    state: str
    on_call: bool
    extra: bool
    pay_rate: int
    instead_of: str | None
    checked_in_at: datetime | None
    checked_out_at: datetime | None


class TurnsOut(Schema):
    """Turns in order; `cursor` is empty at the end."""

    items: list[TurnOut]
    cursor: str


class Items(Schema):
    """A list."""

    items: list[dict[str, Any]]
