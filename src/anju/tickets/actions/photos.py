"""Photos of a ticket by stage."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.files.models import File
from anju.tickets.actions.case import Case
from anju.tickets.choices import Stage
from anju.tickets.models import Photo

MAX_PHOTOS = 9


def attach(case: Case, files: Sequence[File], stage: Stage) -> None:
    """Hang files on the ticket. Raises Refused PHOTO_LIMIT beyond nine per step."""
    if len(files) > MAX_PHOTOS:
        message = _("照片最多9张，每张不超过10MB")
        raise Refused("PHOTO_LIMIT", message, fields={"photos": message})
    if any(file.community_id != case.ticket.community_id for file in files):
        raise Refused("MEDIA_TYPE", _("照片不属于这个小区"), fields={"photos": _("照片不属于这个小区")})
    Photo.objects.bulk_create(Photo(ticket=case.ticket, file=file, stage=stage, at=case.now) for file in files)
    case.ticket.photo_count += len(files)
