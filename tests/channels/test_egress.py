"""The one way out: names that lead inside, change their answer or redirect get nothing (SSRF)."""

import http.server
import socket
import threading

import httpx2
import pytest

from anju.channels import egress


class Gateway(http.server.BaseHTTPRequestHandler):
    """Answers; a path may make it redirect or talk without end."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.hosts.append(self.headers["Host"])
        self.send_response(302 if self.path == "/away" else 200)
        if self.path == "/away":
            self.send_header("Location", "/inside")
        self.end_headers()
        if self.path == "/long":
            self.wfile.write(b"x" * (egress.MOST + 1))

    def log_message(self, *_words):
        """Quiet."""


@pytest.fixture
def gateway():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.hosts = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def answers(monkeypatch, *rounds):
    """The resolver gives these addresses, one round after the other."""
    left, real = list(rounds), socket.getaddrinfo

    def resolve(host, port, *kind, **more):
        if host[0].isdigit():
            return real(host, port, *kind, **more)
        now = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in now]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def post(url):
    return egress.post(url, json={}, headers={})


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.5", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"]
)
def test_a_name_that_leads_inside_is_refused(monkeypatch, address):
    for found in ([address], ["93.184.216.34", address]):
        answers(monkeypatch, found)
        with pytest.raises(egress.Refused):
            post("https://sms.example.cn/")


@pytest.mark.parametrize("host", ["169.254.169.254", "[::ffff:169.254.169.254]", "0.0.0.0", "[fe80::1]"])
def test_metadata_is_never_reached(host, settings):
    settings.ANJU_INSIDE_HOSTS = frozenset({host})
    with pytest.raises(egress.Refused):
        post(f"http://{host}/")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.cn/", "https:///x", "gopher://x/"])
def test_other_schemes_are_refused(url):
    with pytest.raises(egress.Refused):
        post(url)


def test_what_was_checked_is_what_is_connected(monkeypatch, gateway, settings):
    """A name of the house that answers the second time with somewhere else: it is asked once for each request."""
    settings.ANJU_INSIDE_HOSTS = frozenset({"gateway.house"})
    answers(monkeypatch, ["127.0.0.1"], ["192.0.2.1"])
    port = gateway.server_address[1]
    assert post(f"http://gateway.house:{port}/").status_code == 200
    assert gateway.hosts == [f"gateway.house:{port}"]


def test_first_public_then_loopback(monkeypatch, gateway):
    answers(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    assert str(egress.checked("rebind.example.cn", 80)) == "93.184.216.34"
    with pytest.raises(egress.Refused):
        post(f"http://rebind.example.cn:{gateway.server_address[1]}/")
    assert gateway.hosts == []


def test_redirects_are_not_followed_and_answers_end(gateway):
    url = f"http://127.0.0.1:{gateway.server_address[1]}"
    assert post(f"{url}/away").status_code == 302
    assert len(gateway.hosts) == 1
    with pytest.raises(httpx2.ReadError):
        post(f"{url}/long")


def test_an_unknown_name_is_a_failure_to_connect(monkeypatch):
    def nobody(*_words, **_more):
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(httpx2.ConnectError):
        post("https://nowhere.example.cn/")
