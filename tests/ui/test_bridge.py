"""The hop from ASGI to WSGI: what the application sees, what the client gets, and what happens when either misbehaves."""

import asyncio

import pytest

from anju.ui.bridge import FLUSH, Bridge


def ask(app, *, method="GET", path="/", headers=(), body=(b"",), query=b""):
    """What the bridge sends for one request."""
    sent, pieces = [], list(body)
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": [(b"host", b"office"), *headers],
        "http_version": "1.1",
        "scheme": "https",
        "client": ("10.0.0.7", 4711),
        "server": ("127.0.0.1", 8000),
    }

    async def receive():
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message):
        sent.append(message)

    asyncio.run(Bridge(app, threads=2)(scope, receive, send))
    return sent


def hello(environ, start):
    """An application that keeps what it saw."""
    hello.seen = environ | {"body": environ["wsgi.input"].read()}
    start("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    return [b"hel", b"lo"]


def test_a_plain_answer_is_two_messages():
    start, end = ask(hello)
    assert start["status"] == 200
    assert start["headers"] == [(b"content-type", b"text/plain"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
    assert end == {"type": "http.response.body", "body": b"hello"}


def test_the_application_sees_the_request():
    ask(
        hello,
        method="POST",
        path="/工单/",
        query=b"q=1",
        headers=[(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"content-length", b"6"), (b"content-type", b"text/plain")],
        body=(b"abc", b"def"),
    )
    seen = hello.seen
    assert (seen["REQUEST_METHOD"], seen["PATH_INFO"].encode("latin-1").decode()) == ("POST", "/工单/")
    assert (seen["QUERY_STRING"], seen["HTTP_COOKIE"], seen["CONTENT_TYPE"]) == ("q=1", "a=1; b=2", "text/plain")
    assert (seen["CONTENT_LENGTH"], seen["body"]) == ("6", b"abcdef")
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("10.0.0.7", "https")


def test_a_body_without_length_is_measured():
    ask(hello, method="POST", headers=[(b"transfer-encoding", b"chunked")], body=(b"ab", b"c"))
    assert (hello.seen["CONTENT_LENGTH"], hello.seen["body"]) == ("3", b"abc")


def test_a_header_that_would_pass_for_another_is_dropped():
    ask(hello, headers=[(b"x-real", b"1"), (b"x_real", b"2")])
    assert hello.seen["HTTP_X_REAL"] == "1"


def test_head_has_no_body():
    assert ask(hello, method="HEAD")[-1]["body"] == b""


def test_a_large_answer_comes_in_pieces_and_nothing_is_lost():
    def large(environ, start):
        start("200 OK", [])
        return (b"x" * (FLUSH // 2) for _ in range(5))

    messages = ask(large)
    assert [one["type"] for one in messages].count("http.response.start") == 1
    assert sum(len(one.get("body", b"")) for one in messages) == 5 * (FLUSH // 2)
    assert len(messages) > 2


def test_a_body_that_is_too_large_is_refused_without_the_application(monkeypatch):
    monkeypatch.setattr("anju.ui.bridge.MOST", 5)
    start, _end = ask(pytest.fail, method="POST", headers=[(b"content-length", b"6")], body=(b"abc", b"def"))
    assert start["status"] == 413


def test_an_application_that_breaks_is_a_500_and_logged(errors_logged):
    def broken(environ, start):
        raise RuntimeError("broken")

    assert ask(broken)[0]["status"] == 500
    assert errors_logged == ["anju.ui.bridge: the application failed"]


def test_what_the_application_opened_is_closed():
    closed = []

    class Answer(list):
        def close(self):
            closed.append(True)

    def app(environ, start):
        start("200 OK", [])
        return Answer([b"x"])

    ask(app)
    assert closed == [True]


def test_a_client_that_goes_in_the_middle_ends_the_answer():
    def large(environ, start):
        start("200 OK", [])
        return (b"x" * FLUSH for _ in range(3))

    async def story():
        async def receive():
            return {"type": "http.request", "body": b""}

        async def send(message):
            raise ConnectionError

        scope = {"method": "GET", "path": "/", "query_string": b"", "headers": [], "http_version": "1.1"}
        bridge = Bridge(large, threads=1)
        await bridge(scope, receive, send)
        await bridge.idle(1)
        return bridge.under_way

    assert asyncio.run(story()) == 0
