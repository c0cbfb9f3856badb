"""What a phone keeps and sends later."""

from datetime import timedelta

from django.test import Client

from anju.core import clock
from anju.field.today import pages
from anju.files import disk
from anju.journal.models import Entry
from anju.notify.models import Delivery
from tests.desk.conftest import logged_in
from tests.portal.conftest import text, upload


def url(ticket, step=""):
    return f"/field/tickets/{ticket.no}/" + (f"{step}/" if step else "")


def kept(client):
    return client.get("/field/kept/").json()


def send(client, ticket, step, *, at="", now="", **fields):
    """As the outbox of a phone does."""
    fields = {"once": f"{step}-{at}", "client_at": at, "client_now": now, **fields}
    answer = client.post(url(ticket, step), fields, headers={"accept": "application/json"})
    ticket.refresh_from_db()
    return answer


def ago(**span):
    return (clock.now() - timedelta(**span)).isoformat()


def test_a_phone_keeps_its_own_jobs_only(cast, chen, offer):
    cast.report("楼道灯坏了", who="王秀英", place="B3-1")
    found = kept(chen)
    assert (found["who"], found["left"]) == (str(cast.garden.staff["陈师傅"].id), 12 * 3600)
    assert set(found["pages"]) == {"/field/", *(url(offer, step) for step in OFFERED)}
    assert kept(logged_in(cast.garden.staff["高工"]))["pages"] == {"/field/": ""}


def given_to_ma(cast, ticket):
    """Somebody else gets the job."""
    cast.garden.members["马师傅"].on_shift = True
    cast.garden.members["马师傅"].save()
    cast.do("transfer", ticket, "李敏", to="马师傅")


OFFERED = ("", "take", "start", "finish", "decline", "delay", "suspend", "return", "quote")


def test_versions_move_with_the_job_and_copies_end_with_it(cast, chen, offer):
    before = kept(chen)["pages"]
    send(chen, offer, "take", eta="30")
    after = kept(chen)["pages"]
    assert {name for name in after if after[name] == before[name]} == set()
    given_to_ma(cast, offer)
    assert kept(chen)["pages"] == {"/field/": ""}


def test_copies_are_readable_no_longer_than_the_session(cast, chen, offer):
    cast.at("12:00")
    assert kept(chen)["left"] == 9 * 3600


def test_a_copy_does_not_count_as_read(cast, chen, offer):
    cast.at("09:01")
    read = Delivery.objects.filter(about_id=offer.id, to_id=cast.garden.staff["陈师傅"].id).exclude(read_at=None)
    assert "data-step" in text(chen.get(url(offer), headers={"x-anju-copy": "1"}))
    assert read.count() == 0
    chen.get(url(offer))
    assert read.count() == 1


def test_what_was_pressed_without_a_signal_carries_its_time(cast, chen, offer):
    cast.at("09:40")
    pressed = ago(minutes=30)
    for _twice in range(2):
        answer = send(chen, offer, "take", at=pressed, now=ago(), eta="60")
        assert answer.json() == {"url": url(offer)}
    entry = Entry.objects.get(verb="tickets.take")
    assert (entry.client_at, offer.promised_at) == (clock.parse(pressed), clock.parse(pressed) + timedelta(minutes=60))
    send(chen, offer, "start", at=ago(), now=ago(minutes=9), photos=upload())
    entry = Entry.objects.get(verb="tickets.start")
    assert (entry.client_at, entry.data["doubt"]) == (None, "SKEW")


def test_a_promise_that_is_past_by_now_is_no_reason_to_lose_the_step(cast, chen, offer):
    cast.at("10:40")
    send(chen, offer, "take", at=ago(minutes=60), now=ago(), eta="15")
    assert (offer.status, offer.promised_at) == ("TAKEN", clock.now() + clock.SECOND)


def test_nonsense_for_a_time_is_no_time(chen, offer):
    send(chen, offer, "take", at="yesterday", now="0001-01-01", eta="15")
    assert (offer.status, Entry.objects.get(verb="tickets.take").client_at) == ("TAKEN", None)


def test_the_phone_is_told_who_has_the_job_by_now(cast, chen, offer):
    send(chen, offer, "take", eta="30")
    given_to_ma(cast, offer)
    answer = send(chen, offer, "start", at=ago(), now=ago(), photos=upload())
    assert (answer.status_code, answer.json()) == (409, {"words": "这一单已改派给马师傅"})
    assert offer.photos.filter(stage="BEFORE").count() == 0


def test_the_phone_is_told_when_it_was_withdrawn(cast, chen, offer):
    send(chen, offer, "take", eta="30")
    cast.do("cancel", offer, "张伟", reason="自己修好了")
    assert send(chen, offer, "start", photos=upload()).json() == {"words": "业主已撤销这一单"}


def test_the_phone_is_told_what_is_missing(chen, offer):
    send(chen, offer, "take", eta="30")
    answer = send(chen, offer, "start")
    assert (answer.status_code, answer.json()["words"]) == (
        422,
        "请扫现场二维码，或填业主的到场码，或定位，或拍一张现场照片",
    )
    answer = send(chen, offer, "delay", eta="60")
    assert (answer.status_code, answer.json()["words"]) == (422, "请点一个原因，或写一句")


def test_a_full_disk_means_later(chen, offer, monkeypatch, errors_logged):
    send(chen, offer, "take", eta="30")
    monkeypatch.setattr(disk, "write", full)
    answer = send(chen, offer, "start", photos=upload())
    assert (answer.status_code, offer.status) == (503, "TAKEN")


def full(*_given):
    raise OSError


def test_the_program_the_icon_and_the_last_resort_need_no_login():
    nobody = Client()
    worker, manifest, away = (nobody.get(f"/field/{name}") for name in ("worker.js", "app.webmanifest", "away/"))
    assert worker["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in worker["Content-Security-Policy"]
    found = manifest.json()
    assert (found["start_url"], found["display"]) == ("/field/", "standalone")
    assert {icon["sizes"] for icon in found["icons"]} == {"192x192", "512x512"}
    assert "这一页没存在手机上" in text(away)


def test_the_way_goes_building_by_building(cast, chen, offer):
    send(chen, offer, "take", eta="30")
    for place in ("G-B1", "B3-1"):
        more = cast.report("水管接头滴水", who="王秀英", place=place, leaf="PW01")
        cast.do("accept", more, "李敏")
        cast.do("dispatch", more, "李敏", to="陈师傅")
        cast.do("take", more, "陈师傅", eta=30)
    stops = pages.today(cast.scope("陈师傅")).route
    assert [(stop.name, len(stop.jobs)) for stop in stops] == [("公共区域", 1), ("3栋", 2)]
    assert "手上的　3栋" in text(chen.get("/field/"))
