"""The clocks of a ticket, worked out a second time from domain file 01: a countdown of seconds that runs or stands still.

Nothing here is taken from the rules of `tickets`; where the two differ, one of them is wrong.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE, HOUR, DAY = 60, 3600, 86_400
SECOND = timedelta(seconds=1)
ON_TIME = ("RESUME",)
"""Appointments come at their moment; limits are passed one second later (C2)."""
ACCEPT_IN = {"P0": 5, "P1": 10, "P2": 15, "P3": 15}
HALF = 2


@dataclass(slots=True)
class Watch:
    """One clock. `left` seconds remain; `since` is set while it runs; `told` when the moment was last set anew."""

    kind: str
    limit: int
    left: int
    since: datetime | None
    told: datetime
    late: datetime | None = None
    over: bool = False

    @property
    def due(self) -> datetime | None:
        """When it does something by itself, None when it stands still or has done so."""
        if self.over or self.late or self.since is None:
            return None
        return self.since + timedelta(seconds=self.left) + (timedelta() if self.kind in ON_TIME else SECOND)

    def stop(self, at: datetime) -> None:
        """Stand still, keeping what is left."""
        if self.since is not None:
            self.left -= max(0, int((at - self.since).total_seconds()))
            self.since = None

    def go(self, at: datetime) -> None:
        """Run on with what is left."""
        if self.since is None and not self.over:
            self.since, self.told = at, at

    def end(self, at: datetime) -> None:
        """Nobody waits any more."""
        self.stop(at)
        self.over = True

    def shorten(self, limit: int, at: datetime) -> None:
        """A new kind of matter gives a new limit, never a later moment."""
        if limit < self.limit and not self.over:
            self.left -= self.limit - limit
            self.limit, self.told = limit, at


class Watches:
    """The clocks of one ticket by kind."""

    def __init__(self) -> None:
        self.by_kind: dict[str, Watch] = {}

    def start(self, kind: str, seconds: float, *, at: datetime, base: datetime | None = None) -> None:
        """A fresh countdown from `base`, set at `at`."""
        self.by_kind[kind] = Watch(kind, int(seconds), int(seconds), base or at, at)

    def stop(self, at: datetime, *kinds: str) -> None:
        for one in self._of(kinds):
            one.stop(at)

    def go(self, at: datetime, *kinds: str) -> None:
        for one in self._of(kinds):
            one.go(at)

    def end(self, at: datetime, *kinds: str) -> None:
        """End these, or all of them."""
        for one in self._of(kinds or tuple(self.by_kind)):
            one.end(at)

    def again(self, kind: str, at: datetime) -> None:
        """One that was met counts on: a job given back is unprocessed again (R1.2)."""
        one = self.by_kind.get(kind)
        if one is not None:
            one.over = False
            one.go(at)

    def _of(self, kinds: tuple[str, ...]) -> list[Watch]:
        return [self.by_kind[kind] for kind in kinds if kind in self.by_kind]

    def known(self, at: datetime, now: datetime) -> None:
        """What was set for a moment gone by is heard of only now: a freed ticket makes up for days at once."""
        for one in self.by_kind.values():
            if one.told == at:
                one.told = now

    def missed(self, before: datetime) -> list[Watch]:
        """Those whose moment has passed by and of which nobody has said a word."""
        return [one for one in self.by_kind.values() if one.due is not None and one.due < before and one.told < before]
