"""A ticket as one line of a list: the few columns that a line shows, without the rows they stand in."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from anju.estate.models import Room
from anju.tickets.models import Ticket


class Line(NamedTuple):
    """One ticket of a list. The columns are named as queries name them; beside them it reads like the ticket itself."""

    id: int
    no: str
    community_id: int
    community__name: str
    community__hotline: str
    leaf_code: str
    rank: int
    held: bool
    due_at: datetime | None
    light: str
    light_clock: str
    was_red: bool
    prio: str
    status: str
    channel: str
    reported_at: datetime
    late_entry: bool
    version: int
    event_seq: int
    title_sealed: bytes
    reporter_id: int | None
    accountable_id: int | None
    accountable__name: str | None
    handler_id: int | None
    co_offer_id: int | None
    asset__name: str | None
    place__name: str | None
    room_id: int | None
    room__building_no: str
    room__unit_no: str
    room__room_no: str
    locked_at: datetime | None
    ruling: dict[str, Any]
    urge_count: int
    child_count: int
    reopen_count: int
    photo_count: int

    @property
    def title(self) -> str:
        return Ticket._meta.get_field("title").unseal(self.id, self.title_sealed) or ""

    @property
    def hotline(self) -> str:
        return self.community__hotline

    @property
    def spot(self) -> str:
        return self.asset__name or self.place__name or ""

    @property
    def room(self) -> Room | None:
        if self.room_id is None:
            return None
        return Room(
            id=self.room_id, building_no=self.room__building_no, unit_no=self.room__unit_no, room_no=self.room__room_no
        )


def lines(rows: QuerySet[Ticket]) -> list[Line]:
    """These tickets as lines, in one statement."""
    return [Line._make(row) for row in rows.values_list(*Line._fields)]
