"""The real connectors speak to one small HTTP gateway per kind (docs/settings.md), which knows the provider.

Request: POST JSON {key, to, sign, template, vars, body}, with `Authorization: Bearer` and `Idempotency-Key`.
Answer: 2xx JSON {id, state?}. Callbacks: a signed JSON list, see `callbacks`.
"""

import hmac
import json
from datetime import datetime
from typing import Any

import httpx2
from django.conf import settings

from anju.channels import egress
from anju.channels.carrier import Failed, Message, Receipt, ReceiptState, Unknown
from anju.channels.receipts import Callback
from anju.core import clock

TOLERANCE_S = 300
_NO_ANSWER = {502, 504}  # a proxy speaks: the gateway behind it may have taken the message


def post(kind: str, message: Message) -> Receipt:
    """Hand a message to the gateway of a kind ("sms"). Raises Failed or Unknown."""
    url, token = settings.ANJU_GATEWAYS[kind]
    if not url:
        raise Failed(f"no address of the {kind} gateway")
    try:
        answer = egress.post(
            url,
            json=_request(message),
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": message.key},
        )
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol) as error:
        raise Failed(type(error).__name__) from error
    except httpx2.TransportError as error:
        raise Unknown(type(error).__name__) from error
    return _receipt(answer)


def _request(message: Message) -> dict[str, Any]:
    return {
        "key": message.key,
        "to": message.to,
        "sign": message.sign,
        "template": message.template,
        "vars": dict(message.vars),
        "body": message.body,
    }


def _receipt(answer: httpx2.Response) -> Receipt:
    if answer.status_code in _NO_ANSWER:
        raise Unknown(f"HTTP {answer.status_code}")
    if not answer.is_success:
        raise Failed(f"HTTP {answer.status_code}")
    try:
        told = answer.json()
        return Receipt(str(told["id"])[:64], ReceiptState(told.get("state", ReceiptState.SENT)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unknown("an answer that cannot be read") from error


# --- callbacks ----------------------------------------------------------------------------------------------------


def callbacks(kind: str, letter: str, body: bytes, *, timestamp: str, signature: str) -> list[Callback]:
    """The callbacks in a webhook's body: a JSON list of {id, key?, state, at}, of calls
    also {pressed, minutes}.

    `signature` is the hex HMAC-SHA-256 of `timestamp + "." + body` under the gateway's token; `timestamp` is in Unix
    seconds and may be 300 s off. Raises ValueError when it is not genuine, too old or not readable.
    """
    token = settings.ANJU_GATEWAYS[kind][1]
    wanted = hmac.digest(token.encode(), timestamp.encode() + b"." + body, "sha256").hex()
    if not token or not hmac.compare_digest(wanted, signature.lower()):
        raise ValueError("not signed by the gateway")
    if abs(clock.now().timestamp() - float(timestamp)) > TOLERANCE_S:
        raise ValueError("too old")
    told = json.loads(body)
    if not isinstance(told, list):
        raise ValueError("not a list")
    return [_callback(letter, one) for one in told]


def _callback(letter: str, told: object) -> Callback:
    if not isinstance(told, dict):
        raise ValueError("not a callback")
    try:
        at: datetime = clock.parse(str(told["at"]))
        minutes = int(told["minutes"]) if told.get("minutes") not in (None, "") else None
        state, pressed = ReceiptState(told["state"]), str(told.get("pressed", ""))[:4]
        return Callback(letter, str(told["id"]), state, at, str(told.get("key", "")), pressed, minutes)
    except KeyError as error:
        raise ValueError(f"a callback without {error}") from error
