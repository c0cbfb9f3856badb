"""Test alarms for `anju watch` on another machine, with a token of its own that opens nothing else."""

import hmac
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from anju.api.calling import answer, needs
from anju.api.duty.asking import RowId
from anju.api.schemas import FAULTS
from anju.core.errors import Refused
from anju.worker import alarms

router = Router()


@router.post("/alarms", auth=None, response={201: dict[str, Any], **FAULTS}, summary="外部守望：发出测试报警")
@needs(None)
def raise_alarm(request: HttpRequest) -> HttpResponse:
    """Raise one; what comes back of it is asked for by its number."""
    _only_the_watch(request)
    return answer({"alarm": str(alarms.raise_alarm())}, 201)


@router.get(
    "/alarms/{alarm}", auth=None, response={200: dict[str, Any], **FAULTS}, summary="外部守望：测试报警回来没有"
)
@needs(None)
def back(request: HttpRequest, alarm: RowId) -> HttpResponse:
    """Which workers have been through a pass since, whether timers run, whether messages leave."""
    _only_the_watch(request)
    found = alarms.back(int(alarm))
    return answer(
        {"workers": dict(found.workers), "timers": found.timers, "messages": found.messages, "whole": found.whole}
    )


def _only_the_watch(request: HttpRequest) -> None:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    wanted = settings.ANJU_WATCH_TOKEN.encode()
    if not wanted or not hmac.compare_digest(given, wanted):
        raise Refused("LOGIN_REQUIRED", _("请先登录"), status=401)
