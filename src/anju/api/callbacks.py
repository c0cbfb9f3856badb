"""What providers tell afterwards: delivered, read, refused, a key pressed. Signed by their gateway, no token."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from anju import channels
from anju.api.calling import answer, needs
from anju.api.schemas import FAULTS
from anju.channels import gateway
from anju.core.errors import Refused

router = Router()
LETTERS = {"sms": "S", "wechat": "W", "voice": "V"}


@router.post("/{kind}/callbacks", auth=None, response={200: list[dict[str, Any]], **FAULTS}, summary="回执")
@needs(None)
def told(request: HttpRequest, kind: str) -> HttpResponse:
    """A JSON list of callbacks, signed (`X-Timestamp`, `X-Signature`; docs/operations.md). Answers one result for each:
    a key that was not taken comes back with its code, so that the platform asks again."""
    if kind not in LETTERS:
        raise Refused("CHANNEL_UNKNOWN", _("没有这个渠道"), status=404)
    timestamp, signature = (request.headers.get(one, "") for one in ("X-Timestamp", "X-Signature"))
    try:
        heard = gateway.callbacks(kind, LETTERS[kind], request.body, timestamp=timestamp, signature=signature)
    except ValueError as error:
        raise Refused("SIGNATURE_INVALID", _("签名不对、过期或内容无法识别"), status=401) from error
    return answer([_one(callback) for callback in heard])


def _one(callback: channels.Callback) -> dict[str, Any]:
    try:
        channels.publish(callback)
    except Refused as refused:
        return {"id": callback.provider_id, "code": refused.code, "message": str(refused.message)}
    return {"id": callback.provider_id, "code": "OK", "message": ""}
