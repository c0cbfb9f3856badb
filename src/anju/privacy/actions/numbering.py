"""Numbers people can say on the phone: E260302-01, by day and community."""

from anju.core import clock
from anju.privacy.models import Export, Leak, Request


def number(table: type[Export | Leak | Request], community_id: int, letter: str) -> str:
    """The next number of the day; two at the same moment collide at the unique constraint and one tries again."""
    day = f"{letter}{clock.local(clock.now()):%y%m%d}-"
    last = table.objects.filter(community_id=community_id, no__startswith=day).order_by("-no").first()
    return f"{day}{int(last.no.rpartition('-')[2]) + 1 if last else 1:02d}"
