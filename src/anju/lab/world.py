"""The world outside: what residents write, ring and send, brought in through the product's own doors."""

import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.test import Client

from anju.channels import simulator
from anju.core import clock
from anju.core.errors import Refused
from anju.feedback import actions as feedback
from anju.lab import cast, state

KNOWN = (
    "miniprogram",
    "wechat",
    "wecom",
    "dingtalk",
    "sms",
    "phone",
    "email",
    "counter",
    "hotline12345",
    "iot",
    "generic",
)
AGENT = "李敏"


def speak(channel: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Bring one message in. Raises Refused CHANNEL_UNKNOWN, or CHANNEL_NOT_YET (501) where no room serves it yet."""
    if channel not in KNOWN:
        raise Refused("CHANNEL_UNKNOWN", "没有这个渠道", status=404)
    door = DOORS.get(channel)
    if door is None:
        raise Refused("CHANNEL_NOT_YET", "这个渠道还没有接入", status=501)
    return door(body)


def _miniprogram(body: Mapping[str, Any]) -> dict[str, Any]:
    """A resident reports in the mini-program."""
    name = str(body.get("from", ""))
    return _report(name, {"text": str(body.get("text", "")), "photos": list(body.get("media", []))}, body)


def _agent(body: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody rings or comes to the counter, and the agent records it."""
    if body.get("event", "answer") != "answer":
        raise Refused("CHANNEL_NOT_YET", "电话平台的其他事件还没有接入", status=501)
    name = str(body.get("from", ""))
    member = cast.people().get(name)
    return _report(AGENT, {"text": str(body.get("text", "")), "phone": member.phone if member else name}, body)


def _report(caller: str, report: dict[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {state.token(caller)}"}
    if body.get("external_id"):
        headers["Idempotency-Key"] = f"inbound-{body['external_id']}"
    answer = Client(headers=headers, SERVER_NAME="localhost").post(
        "/api/v1/tickets", report, content_type="application/json"
    )
    found = json.loads(answer.content)
    if answer.status_code >= 400:
        raise Refused(found["code"], found["message"], status=answer.status_code, fields=found.get("fields", {}))
    return {"ticket": found["no"], "status": found["status"]}


def _phone(body: Mapping[str, Any]) -> dict[str, Any]:
    """A call comes in, or somebody presses a key in the last call the office made to him."""
    return _key(body) if body.get("event") == "key" else _agent(body)


def _key(body: Mapping[str, Any]) -> dict[str, Any]:
    """The telephone platform tells it with its signature, as docs/operations.md says."""
    call = simulator.last_call(cast.addresses(str(body.get("from", "")))[0])
    if call is None:
        raise Refused("NOT_CALLED", "这个人没有接到电话", status=409)
    told = {
        "id": call.provider_id,
        "key": call.key,
        "state": "READ",
        "at": clock.iso(clock.now()),
        "pressed": str(body.get("key", "")),
        "minutes": body.get("minutes"),
    }
    return _signed("voice", told)


def _signed(kind: str, told: dict[str, Any]) -> dict[str, Any]:
    content, timestamp = json.dumps([told]), str(int(clock.now().timestamp()))
    token = settings.ANJU_GATEWAYS[kind][1]
    signature = hmac.digest(token.encode(), f"{timestamp}.{content}".encode(), "sha256").hex()
    headers = {"X-Timestamp": timestamp, "X-Signature": signature}
    answer = Client(headers=headers, SERVER_NAME="localhost").post(
        f"/api/v1/channels/{kind}/callbacks", content, content_type="application/json"
    )
    found = json.loads(answer.content)
    result = found[0] if answer.status_code == 200 else found
    if result["code"] != "OK":
        raise Refused(result["code"], result["message"])
    return {"pressed": told["pressed"]}


def _sms(body: Mapping[str, Any]) -> dict[str, Any]:
    """A resident answers an SMS: digits after T107 are stars (B.3)."""
    name = str(body.get("from", ""))
    member = cast.people().get(name)
    rating = feedback.reply_by_sms(member.phone if member else name, str(body.get("text", "")))
    return {"rating": rating.stars if rating else None}


DOORS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "miniprogram": _miniprogram,
    "sms": _sms,
    "phone": _phone,
    "counter": _agent,
}
