"""Tickets without their people: after the term, or because a person asked (R16.7, R16.9). What was done stays."""

from collections.abc import Sequence

from anju.core import clock
from anju.files import actions as files
from anju.journal.models import Entry
from anju.tickets.actions import indexing
from anju.tickets.models import Photo, Quote, Ticket

BATCH = 200


def forget(ids: Sequence[int]) -> int:
    """Nobody can be told from these tickets any more: no words, no phone, no photos, no place in the index."""
    for start in range(0, len(ids), BATCH):
        some = list(ids[start : start + BATCH])
        hush(some)
        Ticket.objects.filter(id__in=some).update(
            title="",
            text="",
            result="",
            reporter=None,
            reporter_phone="",
            reporter_hash="",
            guest_key="",
            channel_ref="",
            parts=[],
            room=None,
            forgotten_at=clock.now(),
            photo_count=0,
        )
        Quote.objects.filter(ticket_id__in=some).update(lines_text="")
        Entry.objects.filter(subject_type="ticket", subject_id__in=some).update(note="")
        for photo in Photo.objects.filter(ticket_id__in=some).select_related("file"):
            photo.delete()
            files.drop(photo.file)
        indexing.remove(some)
    return len(ids)


def hush(ids: Sequence[int]) -> int:
    """The voice notes of these tickets are no more; gives how many."""
    rows = list(Ticket.objects.filter(id__in=ids).exclude(voice=None).select_related("voice"))
    Ticket.objects.filter(id__in=[row.id for row in rows]).update(voice=None)
    for row in rows:
        if row.voice is not None:
            files.drop(row.voice)
    return len(rows)
