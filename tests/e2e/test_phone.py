"""A technician's phone in a basement: the network is cut, the browser is killed, and nothing is lost (screens 5.2)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from anju.core import clock
from anju.journal.models import Entry
from anju.tickets.models import Ticket
from tests.browser import PATIENCE_MS, PHONE
from tests.cast import Cast
from tests.e2e.conftest import session_of
from tests.pictures import photo
from tools import system

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

Launch = Callable[[], Page]


@pytest.fixture
def launch(browser: Browser, live_server, tmp_path: Path) -> Iterator[Launch]:
    """`launch()`: the phone is switched on, with whatever it kept in its memory; the one before is killed."""
    running: list[BrowserContext] = []

    def start() -> Page:
        for before in running:
            before.close()
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=system.browser(),
            base_url=live_server.url,
            viewport=PHONE,
            timezone_id="Asia/Shanghai",
            timeout=PATIENCE_MS,
        )
        context.set_default_timeout(PATIENCE_MS)
        running[:] = [context]
        return context.pages[0]

    yield start
    for context in running:
        context.close()


@pytest.fixture
def job(cast: Cast) -> Ticket:
    """Offered to 陈师傅."""
    cast.freeze("accept", "dispatch")
    ticket = cast.report("厨房水龙头一直滴漏", photos=[cast.photo()])
    cast.do("accept", ticket, "李敏")
    return cast.do("dispatch", ticket, "李敏", to="陈师傅")


def at(page: Page, text: str) -> None:
    """What the phone's clock says."""
    page.clock.set_fixed_time(clock.parse(f"2026-03-02T{text}"))


def log_in(page: Page, cast: Cast, url: str, name: str = "陈师傅") -> None:
    cookie = {"name": "anju_session", "value": session_of(cast, name), "url": url, "expires": 4102444800}
    page.context.add_cookies([cookie])


def kept(page: Page) -> set[str]:
    """The pages on the shelf of jobs."""
    script = "async () => (await (await caches.open('anju-jobs')).keys()).map((one) => new URL(one.url).pathname)"
    return set(page.evaluate(script))


def stocked(page: Page) -> None:
    page.goto("/field/")
    page.locator("html[data-kept]").wait_for()


def shot(page: Page) -> None:
    page.locator('input[type="file"]').set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    expect(page.locator(".shot")).to_have_count(1)


def go(page: Page) -> None:
    page.locator(".go-btn").click()


def work_through(page: Page, no: str) -> None:
    """From the offer to the finish."""
    page.locator(f'[data-job="{no}"]').click()
    at(page, "09:05:00")
    go(page)
    expect(page.locator(".go-btn")).to_contain_text("我到了")
    go(page)
    page.wait_for_url("**/start/")
    shot(page)
    at(page, "09:20:00")
    go(page)
    expect(page.locator(".go-btn")).to_contain_text("修好了")
    go(page)
    page.wait_for_url("**/finish/")
    finish(page, "10:10:00")


def finish(page: Page, when: str) -> None:
    expect(page.locator(".go-btn")).to_contain_text("还差1张修后照片")
    shot(page)
    page.get_by_label("换阀芯").check()
    page.get_by_label("清理现场").check()
    at(page, when)
    go(page)
    page.wait_for_url("**/field/")


def test_a_day_in_the_basement(cast: Cast, job: Ticket, launch: Launch, live_server) -> None:
    page = launch()
    log_in(page, cast, live_server.url)
    stocked(page)
    assert f"/field/tickets/{job.no}/finish/" in kept(page)
    page.context.set_offline(True)
    page.goto("/field/")
    expect(page.locator("#away")).to_contain_text("没信号，照常干")
    work_through(page, job.no)
    expect(page.locator("#away")).to_contain_text("3条待传")
    page = launch()
    page.context.set_offline(True)
    at(page, "10:30:00")
    page.goto("/field/")
    expect(page.locator("#away")).to_contain_text("3条待传")
    assert Entry.objects.filter(verb__in=DONE).count() == 0
    cast.at("10:30")
    page.context.set_offline(False)
    expect(page.locator("#away")).to_be_hidden()
    expect(page.get_by_text("现在没有活")).to_be_visible()
    rows = Entry.objects.filter(verb__in=DONE).order_by("id")
    found = [(row.verb, f"{clock.local(row.client_at):%H:%M}") for row in rows]
    assert found == [("tickets.take", "09:05"), ("tickets.start", "09:20"), ("tickets.finish", "10:10")]
    assert list(job.photos.order_by("id").values_list("stage", flat=True)) == ["REPORT", "BEFORE", "AFTER"]
    page.locator("html[data-kept]").wait_for()
    assert [url for url in kept(page) if job.no in url] == []


def test_a_job_taken_away_meanwhile(cast: Cast, job: Ticket, launch: Launch, live_server) -> None:
    cast.do("take", job, "陈师傅", eta=30)
    cast.do("start", job, "陈师傅", photo=cast.photo())
    page = launch()
    log_in(page, cast, live_server.url)
    stocked(page)
    page.goto(f"/field/tickets/{job.no}/finish/")
    finish(page, "10:00:00")
    page.get_by_role("button", name="撤回").click()
    page.wait_for_url("**/finish/")
    expect(page.locator(".shot")).to_have_count(1)
    expect(page.get_by_label("换阀芯")).to_be_checked()
    page.context.set_offline(True)
    at(page, "10:01:00")
    go(page)
    page.wait_for_url("**/field/")
    expect(page.locator("#away")).to_contain_text("1条待传")
    at(page, "10:02:00")
    give_to_ma(cast, job)
    page.context.set_offline(False)
    line = page.locator("#outbox li")
    expect(line).to_contain_text("这一单已改派给马师傅")
    expect(line).to_contain_text("换阀芯")
    page.locator("html[data-kept]").wait_for()
    assert kept(page) == {"/field/", "/field/kept/", "/field/copies/"}
    assert not Entry.objects.filter(verb="tickets.finish").exists()
    page.get_by_role("button", name="退出登录").click()
    expect(page.locator("#notices")).to_contain_text("还有没传完的")
    for words in ("不要了", "再点一次就删"):
        line.get_by_role("button", name=words).click()
    expect(line).to_have_count(0)
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/")
    assert kept(page) == set()


def give_to_ma(cast: Cast, job: Ticket) -> None:
    cast.garden.members["马师傅"].on_shift = True
    cast.garden.members["马师傅"].save()
    cast.do("transfer", job, "李敏", to="马师傅")


DONE = ("tickets.take", "tickets.start", "tickets.finish")
