"""The HTTP gateways, against a real server on the loopback interface."""

import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep

import httpx2
import pytest

from anju import channels
from anju.channels import egress, gateway
from anju.core import clock as core_clock

MESSAGE = channels.Message(
    key="41", to="13800005678", body="您好", template="T101", vars={"no": "1"}, sign="阳光物业", recipient="person:12"
)


@dataclass
class Gateway:
    """What the server answers next, and what it was asked."""

    status: int = 200
    answer: bytes = b'{"id": "g-1"}'
    wait: float = 0.0
    hang_up: bool = False
    asked: list[tuple[dict, dict]] = field(default_factory=list)


@pytest.fixture
def far_side(settings) -> Iterator[Gateway]:
    """A gateway for all kinds."""
    told = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.asked.append((dict(self.headers), json.loads(body)))
            if told.hang_up:
                self.connection.close()
                return
            sleep(told.wait)
            self.send_response(told.status)
            self.end_headers()
            self.wfile.write(told.answer)

        def log_message(self, *args: object) -> None:
            """Silent."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *about: object) -> None:
            """A client that hung up is what some tests want."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/send"
    settings.ANJU_CHANNELS = {"S": "sms.send", "W": "wechat.send", "V": "voice.send"}
    settings.ANJU_GATEWAYS = {kind: (address, f"{kind}-token") for kind in ("sms", "wechat", "voice")}
    yield told
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("letter", "token"), [("S", "sms-token"), ("W", "wechat-token"), ("V", "voice-token")])
def test_what_is_sent(far_side, letter, token):
    assert channels.hand_over(letter, MESSAGE) == channels.Receipt("g-1", channels.ReceiptState.SENT)
    ((headers, body),) = far_side.asked
    assert headers["Authorization"] == f"Bearer {token}"
    assert headers["Idempotency-Key"] == "41"
    assert body == {
        "key": "41",
        "to": "13800005678",
        "sign": "阳光物业",
        "template": "T101",
        "vars": {"no": "1"},
        "body": "您好",
    }


def test_the_gateway_may_know_more(far_side):
    far_side.answer = b'{"id": 77, "state": "DELIVERED"}'
    assert channels.hand_over("S", MESSAGE) == channels.Receipt("77", channels.ReceiptState.DELIVERED)


@pytest.mark.parametrize("status", [301, 400, 401, 404, 429, 500, 503])
def test_a_refusal_is_failed(far_side, status):
    far_side.status = status
    with pytest.raises(channels.Failed, match=str(status)):
        channels.hand_over("S", MESSAGE)


@pytest.mark.parametrize("status", [502, 504])
def test_a_proxy_without_an_answer_is_unknown(far_side, status):
    far_side.status = status
    with pytest.raises(channels.Unknown):
        channels.hand_over("S", MESSAGE)


@pytest.mark.parametrize("answer", [b"", b"ok", b"{}", b"[1]", b"7", b'{"id": "1", "state": "LOST"}'])
def test_an_answer_that_cannot_be_read_is_unknown(far_side, answer):
    far_side.answer = answer
    with pytest.raises(channels.Unknown):
        channels.hand_over("S", MESSAGE)


def test_a_connection_cut_after_the_request_is_unknown(far_side):
    far_side.hang_up = True
    with pytest.raises(channels.Unknown):
        channels.hand_over("S", MESSAGE)


def test_no_answer_in_time_is_unknown(far_side, monkeypatch):
    monkeypatch.setattr(egress, "TIMEOUT", httpx2.Timeout(60, read=0.1))
    egress._client.cache_clear()
    far_side.wait = 60
    with pytest.raises(channels.Unknown):
        channels.hand_over("S", MESSAGE)
    egress._client.cache_clear()


def test_nobody_there_is_failed(settings):
    settings.ANJU_CHANNELS = {"S": "sms.send"}
    for address in ("http://127.0.0.1:1/", "", "gopher://x/"):
        settings.ANJU_GATEWAYS = {"sms": (address, "t")}
        with pytest.raises(channels.Failed):
            channels.hand_over("S", MESSAGE)


# --- callbacks ----------------------------------------------------------------------------------------------------


def signed(body: bytes, *, token: str = "secret", shift: int = 0) -> dict[str, str]:
    timestamp = str(int(core_clock.now().timestamp()) + shift)
    signature = hmac.digest(token.encode(), timestamp.encode() + b"." + body, "sha256").hex()
    return {"timestamp": timestamp, "signature": signature}


@pytest.fixture
def _token(settings):
    settings.ANJU_GATEWAYS = {"sms": ("http://x/", "secret"), "wechat": ("", "")}


BODY = json.dumps([{"id": "g-1", "key": "41", "state": "DELIVERED", "at": "2026-03-02T09:00:30+08:00"}]).encode()


@pytest.mark.usefixtures("_token")
def test_genuine_callbacks_are_read():
    (callback,) = gateway.callbacks("sms", "S", BODY, **signed(BODY))
    at = core_clock.parse("2026-03-02T09:00:30")
    assert callback == channels.Callback("S", "g-1", channels.ReceiptState.DELIVERED, at, "41")
    assert gateway.callbacks("sms", "S", b"[]", **signed(b"[]", shift=-300)) == []


@pytest.mark.usefixtures("_token")
@pytest.mark.parametrize(
    ("body", "proof"),
    [
        (BODY, {"token": "other"}),
        (BODY, {"shift": -301}),
        (BODY, {"shift": 301}),
        (b"{", {}),
        (b"{}", {}),
        (b"[7]", {}),
        (b'[{"id": "1"}]', {}),
        (b'[{"id": "1", "state": "LOST", "at": "2026-03-02T09:00:30"}]', {}),
        (b'[{"id": "1", "state": "SENT", "at": "yesterday"}]', {}),
    ],
)
def test_what_is_not_genuine_is_refused(body, proof):
    with pytest.raises(ValueError):
        gateway.callbacks("sms", "S", body, **signed(body, **proof))


@pytest.mark.usefixtures("_token")
def test_another_body_under_a_good_signature_is_refused():
    with pytest.raises(ValueError, match="not signed"):
        gateway.callbacks("sms", "S", BODY + b" ", **signed(BODY))


@pytest.mark.usefixtures("_token")
def test_a_gateway_without_a_token_has_no_callbacks():
    with pytest.raises(ValueError, match="not signed"):
        gateway.callbacks("wechat", "W", BODY, **signed(BODY, token=""))
