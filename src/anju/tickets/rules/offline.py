"""Actions recorded without a network, in a basement: is the phone's own time believed (domain file 04, edge cases)?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

SKEW = timedelta(minutes=2)
SYNC = timedelta(hours=24)
Doubt = Literal["", "SKEW", "LATE", "FUTURE"]


@dataclass(frozen=True, slots=True)
class PhoneTime:
    """When the phone says it happened; with a doubt the server's time holds and the entry is flagged."""

    at: datetime
    doubt: Doubt = ""

    @property
    def believed(self) -> datetime | None:
        """The time, when there is no doubt about it."""
        return None if self.doubt else self.at


def doubt(at: datetime, phone_now: datetime | None, now: datetime) -> Doubt:
    """Why not: the phone's clock is more than two minutes off, it was sent more than a day later, or has not happened
    yet; "" when it is believed."""
    if phone_now is not None and abs(phone_now - now) > SKEW:
        return "SKEW"
    if at > now + SKEW:
        return "FUTURE"
    return "LATE" if at < now - SYNC else ""
