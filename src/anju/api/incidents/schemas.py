"""What is sent about incidents. People are named by login, places and things by code; times have an offset."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from anju.api.duty.asking import CommunityIn, RowId
from anju.api.schemas import Instant, PhotoData, Short, Strict, Text

Codes = Annotated[list[Short], Field(max_length=50)]


class IncidentIn(CommunityIn):
    """启动应急: a plan by its kind, or an emergency leaf; where: places, an asset, a room, or nothing for everywhere."""

    plan: Short = ""
    leaf: Short = ""
    level: Short = ""
    place: Short | None = None
    place_ids: Codes = []
    asset: Short | None = None
    room: Short | None = None
    building: Short = ""
    unit: Short = ""
    tickets: Codes = []
    is_drill: bool = False
    warning: Short = ""
    t0: Instant | None = None


class TicketsIn(Strict):
    """Numbers of tickets."""

    tickets: Annotated[list[Short], Field(min_length=1, max_length=200)]


class RoleAckIn(Strict):
    """Which of one's roles; without it all of them."""

    role: Short = ""


class RoleIn(Strict):
    """Who takes which role."""

    role: Short
    to: Short


class StepDoneIn(Strict):
    """The evidence: words, a photo."""

    text: Text = ""
    photo: str | PhotoData | None = None


class BulletinIn(Strict):
    """The blanks of the template, or free words in `text`. `no_news`: 无新进展，照发. `interval`: minutes from now on."""

    audience: Literal["INTERNAL", "RESIDENTS"] | None = None
    progress: Text = ""
    reason: Text = ""
    eta: Instant | None = None
    text: Text = ""
    no_news: bool = False
    interval: Annotated[int, Field(strict=True)] | None = None


class ApproveIn(Strict):
    """Which draft."""

    bulletin: RowId


class EtaIn(Strict):
    """Cause, what is missing, and the new time (R3.5)."""

    cause: Short
    missing: Short
    eta: Instant


class NoteTextIn(Strict):
    """A line in the internal room."""

    text: Text


class RestoreIn(Strict):
    """The close conditions that are so, in their words; or true for all of them."""

    conditions: Codes | bool = False


class CancelIncidentIn(Strict):
    """误报: how it was verified, by whom."""

    reason: Text = ""
    verified_by: Short | None = None


class WhyIn(Strict):
    """Why."""

    reason: Text = ""


class ReviewIn(Strict):
    """What the review found."""

    text: Text


class ImprovementIn(Strict):
    """What, by whom, until when."""

    what: Text
    who: Short
    due_on: date


class ImprovementStateIn(Strict):
    """How far it is."""

    id: RowId
    state: Literal["DOING", "DONE", "VERIFIED", "DROPPED"]


class DrillIn(CommunityIn):
    """A drill to come."""

    plan: Short
    starts_at: Instant
    place: Short | None = None
    place_ids: Codes = []
    observer: Short | None = None


Mark = Annotated[int, Field(strict=True, ge=0, le=2)]


class MarksIn(Strict):
    """The observer's form: five marks of 0 to 2, ten of 0 or 1."""

    speech: Annotated[list[Mark], Field(max_length=5)]
    records: Annotated[list[Mark], Field(max_length=10)]
