"""Keeping a photo before the step that needs it, and fetching it."""

from django.http import HttpResponse
from ninja import Router, Schema

from anju.api import sending
from anju.api.calling import Call, answer, needs
from anju.api.schemas import FAULTS, FileIn, PhotoData, Short
from anju.api.tickets import community_of
from anju.files import queries as files
from anju.files.models import File
from anju.tickets import queries

router = Router()


class FileOut(Schema):
    """The token to name in `photos`."""

    token: str
    size: int
    width: int
    height: int


@router.post("", response={201: FileOut, **FAULTS}, summary="存一张照片")
@needs("tickets.see")
def keep(request: Call, body: FileIn) -> HttpResponse:
    """Keep one photo; it is dropped after a day when no ticket names it."""
    sending.measure([body.data])
    community = community_of(request.auth, body.community)

    def act() -> File:
        return sending.keep(PhotoData(name=body.name, data=body.data), community_id=community.id, by=request.auth)

    file = sending.once(request, body.model_dump(mode="json"), act, lambda file_id: files.by_id(request.auth, file_id))
    return answer({"token": file.token, "size": file.size, "width": file.width, "height": file.height}, 201)


@router.get("/{token}", response={200: None, **FAULTS}, summary="取一张照片")
@needs(None)
def picture(request: Call, token: Short) -> HttpResponse:
    """The picture, for everybody who may see its ticket."""
    file = queries.picture(request.auth, token)
    headers = {"Cache-Control": "private, max-age=86400, immutable", "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(files.read(file), content_type=file.mime, headers=headers)
