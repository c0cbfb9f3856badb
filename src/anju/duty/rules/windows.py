"""The hours of the outside answering service, written "22:00-08:00" (R2.4, outsource_window)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from anju.core import clock

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when on the wall clock in Shanghai; it may pass midnight."""

    begin: time
    end: time

    @classmethod
    def parse(cls, words: str) -> "Window":
        """Of "22:00-08:00"."""
        begin, end = (time.fromisoformat(one) for one in words.split("-"))
        return cls(begin, end)

    def is_open(self, at: datetime) -> bool:
        """The first second of the window belongs to it, the last does not."""
        now = clock.local(at).time()
        inside = (self.begin <= now, now < self.end)
        return all(inside) if self.begin < self.end else any(inside)

    def next_end(self, after: datetime) -> datetime:
        """When the window that is open ends, or the next one."""
        today = clock.on(clock.local(after).date(), self.end)
        return today if today > after else today + DAY

    def ended_by(self, at: datetime) -> tuple[datetime, datetime]:
        """The last window that was over at this moment."""
        end = self.next_end(at) - DAY
        begin = clock.on(clock.local(end).date(), self.begin)
        return (begin if begin < end else begin - DAY), end

    def around(self, at: datetime) -> tuple[datetime, datetime]:
        """The window that is open, else the last one."""
        begin, end = self.ended_by(self.next_end(at))
        return (begin, end) if begin <= at else self.ended_by(at)
