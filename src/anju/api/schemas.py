"""What callers send and get. Unknown fields are refused; texts are measured here only against abuse."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field

from anju.core import clock

Text = Annotated[str, Field(max_length=20_000)]
Short = Annotated[str, Field(max_length=200)]


def _instant(value: object) -> object:
    try:
        return clock.parse(value) if isinstance(value, str) and len(value) < 40 else value
    except OverflowError as error:
        raise ValueError("no such instant") from error


Instant = Annotated[AwareDatetime, BeforeValidator(_instant), Field(strict=True)]
"""An ISO 8601 instant; without an offset it is Shanghai time. A number is not a time."""


class Strict(Schema):
    """Nothing but the declared fields."""

    model_config = ConfigDict(extra="forbid")


class PhotoData(Strict):
    """A photo by name and base64."""

    name: Short = ""
    data: str


Photos = Annotated[list[str | PhotoData], Field(max_length=50)]
"""Base64 texts, data URLs, `{name, data}`, or tokens of `/files`."""


class Appointment(Strict):
    """When the resident wants somebody to come."""

    start: Instant
    end: Instant


class ReportIn(Strict):
    """A report."""

    text: Text = ""
    room: Short | None = None
    place: Short | None = None
    asset: Short | None = None
    photos: Photos = []
    phone: Short | None = None
    leaf: Short | None = None
    reported_at: Instant | None = None
    appointment: Appointment | None = None
    community: Short | None = None


class FileIn(Strict):
    """A photo to keep; its token goes into `photos` later."""

    name: Short = ""
    data: str
    community: Short | None = None


class Fault(Schema):
    """Every error."""

    code: str
    message: str
    fields: dict[str, str] = {}


FAULTS = {
    400: Fault,
    401: Fault,
    403: Fault,
    404: Fault,
    409: Fault,
    413: Fault,
    415: Fault,
    422: Fault,
    429: Fault,
    503: Fault,
}
Number = Annotated[str, Field(max_length=16)]
"""A ticket's number: 260302-0001."""


class ReporterOut(Schema):
    """Who reported it, as far as the caller may see."""

    name: str
    phone: str
    room: str


class ClockOut(Schema):
    """One clock."""

    kind: str
    base: datetime
    deadline: datetime | None
    state: str
    met_at: datetime | None


class EventOut(Schema):
    """One entry of the story."""

    model_config = ConfigDict(extra="allow")

    seq: int
    action: str
    actor: str
    at: datetime
    visible_to_owner: bool


class TicketOut(Schema):
    """A ticket. Residents get it without clocks, lights and whatever is internal."""

    model_config = ConfigDict(extra="allow")

    no: str
    type: str
    status: str
    text: str
    reporter: ReporterOut
    reported_at: datetime
    events: list[EventOut] = []
    clocks: list[ClockOut] = []
    version: int


class TicketList(Schema):
    """Tickets without their events and messages; `cursor` is empty at the end."""

    items: list[dict[str, Any]]
    cursor: str
