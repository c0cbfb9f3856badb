"""Public places and assets, to name them in a report."""

from django.http import HttpResponse
from ninja import Router, Schema

from anju.api.calling import Call, answer, needs
from anju.api.schemas import FAULTS
from anju.estate import queries
from anju.estate.models import Asset, Place

router = Router()


class Named(Schema):
    """Something with a code, a name and a kind."""

    code: str
    name: str
    kind: str


@router.get("/places", response={200: list[Named], **FAULTS}, summary="公共区域")
@needs(None)
def places(request: Call) -> HttpResponse:
    """The public places of the caller's communities."""
    return answer([_named(one) for id_ in _communities(request) for one in queries.places(request.auth, id_)])


@router.get("/assets", response={200: list[Named], **FAULTS}, summary="设备")
@needs(None)
def assets(request: Call) -> HttpResponse:
    """The assets of the caller's communities."""
    return answer([_named(one) for id_ in _communities(request) for one in queries.assets(request.auth, id_)])


def _communities(request: Call) -> list[int]:
    return sorted(request.auth.communities)


def _named(one: Place | Asset) -> dict[str, str]:
    return {"code": one.code, "name": one.name, "kind": one.kind}
