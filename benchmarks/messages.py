"""Jobs of the messages: handed over to a slow provider, and a bulletin to every home of a large building."""

import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings
from django.test import override_settings

from anju.accounts.queries import scope_of_staff
from anju.core import clock
from anju.estate import actions as estate
from anju.incidents import actions as incidents
from anju.incidents import queries as affected
from anju.incidents.actions.bulletins import Words
from anju.notify import actions as notify
from anju.notify import run as sending
from anju.notify.models import Delivery
from benchmarks import measure
from benchmarks.jobs import Jobs, Result

HOMES = 2000
ANSWER_S = 0.05
MESSAGES = 2000


class Provider(ThreadingHTTPServer):
    """A gateway of messages on the loopback interface that answers in 50 ms and counts every key."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.keys: Counter[str] = Counter()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Provider

    def do_POST(self) -> None:
        key = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["key"]
        self.server.keys[key] += 1
        time.sleep(ANSWER_S)
        body = json.dumps({"id": f"p{key}", "state": "DELIVERED"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


def deliveries(jobs: Jobs) -> Result:
    """Messages by WeChat to a provider that answers in 50 ms, by one worker: how many a second, and any twice."""
    garden, provider = jobs.office.garden, Provider()
    to = notify.Recipient("person", garden.people["张伟"].id, "13800005678", wechat=True)
    desk = notify.Office(garden.community.id, "阳光物业", "400-800-1234")
    Delivery.objects.filter(due_at__isnull=False).update(due_at=None)  # only ours are due
    notify.tell_many(
        [
            notify.Notice("T113", to, {"no": f"{number:011d}", "who": "陈师傅"}, ("ticket", number), desk, asked=True)
            for number in range(1, MESSAGES + 1)
        ]
    )
    Delivery.objects.filter(due_at__isnull=False).update(channel="W", due_at=clock.now())
    gateways = settings.ANJU_GATEWAYS | {"wechat": (provider.url, "bench")}
    with override_settings(ANJU_GATEWAYS=gateways, ANJU_CHANNELS=settings.ANJU_CHANNELS | {"W": "wechat.send"}):
        costs = measure.rounds(lambda _units: _all_sent(), units=MESSAGES, times=1, server_pid=jobs.pid)
    provider.shutdown()
    rate = 1000 / measure.middle(costs, "wall_ms")
    twice = sum(count > 1 for count in provider.keys.values())
    return Result(
        "deliveries",
        "message",
        measure.spread(costs),
        {"handed over": str(len(provider.keys)), "per second": f"{rate:.0f}", "twice": str(twice)},
        "≥ 200/s, twice 0",
        rate >= 200 and not twice and len(provider.keys) == MESSAGES,
    )


def _all_sent() -> None:
    until = time.monotonic() + 120
    while Delivery.objects.filter(due_at__isnull=False).exists() and time.monotonic() < until:
        sending.due(clock.now(), 1000)


def broadcast(jobs: Jobs) -> Result:
    """One bulletin to two thousand homes of a building: until all deliveries are stored."""
    garden = jobs.office.garden
    for number in range(HOMES):
        room = estate.room(garden.community, f"9-1-{number:04d}", floor_label="1", floor_ordinal=1, area_c=8000)
        phone = f"137{number:08d}"
        person = estate.person(
            community_id=garden.community.id, name=f"住户{number}", phones=[phone], openid=f"openid-{phone}"
        )
        estate.occupy(room, person, "OWNER", is_primary=True, is_bill_payer=True)
    place = estate.place(garden.community, "B9", "9栋", "楼栋", building_no="9")
    by = scope_of_staff(garden.staff["李敏"])
    asked = incidents.Opening(
        garden.community, kind="停电", place=place.name, place_codes=["B9"], areas=[affected.area_of(place)]
    )
    row = incidents.open_incident(asked, by=by)
    before = Delivery.objects.count()
    costs = measure.rounds(
        lambda _units: incidents.post(row, by=by, words=Words(progress="电工正在排查")) and None,
        units=1,
        times=1,
        server_pid=jobs.pid,
    )
    queued, seconds = Delivery.objects.count() - before, measure.middle(costs, "wall_ms") / 1000
    return Result(
        "broadcast",
        f"bulletin to {HOMES} homes",
        measure.spread(costs),
        {"deliveries queued": str(queued), "seconds": f"{seconds:.2f}"},
        "≤ 1 s",
        seconds <= 1 and queued >= HOMES,
    )
