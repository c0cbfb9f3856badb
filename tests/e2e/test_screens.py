"""Every page of the desk and the wall, found by the map of addresses, in every look (screens 7).

Whoever adds a page need not think of this test: it opens whatever answers with a page, as somebody who may see it.
"""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from playwright.sync_api import Page

from anju.accounts.actions.screens import hang
from anju.accounts.screens import link
from anju.core import clock
from anju.desk.ticket.steps import STEPS
from anju.desk.urls import urlpatterns
from anju.duty import actions as duty
from anju.estate import labels
from anju.estate.actions import label_of
from anju.feedback import actions as feedback
from anju.tickets.models import Ticket
from tests.browser import DESK
from tests.cast import Cast
from tests.desk.conftest import logged_in
from tests.e2e.conftest import Phone
from tests.e2e.looking import Looking

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

EYES = ("周强", "赵静", "林悦", "韩梅", "李敏", "外包01")
"""Whose turn it is to open a page that others may not see."""

ALIKE = {step.noun for step in STEPS} - {"transfer", "note", "classification", "completion"}
"""Steps of a ticket share one form; these are enough of them."""


@pytest.fixture
def house(cast: Cast) -> Ticket:
    """A day at the office: late, hostile, rated, emergency, somebody's roster; the ticket most pages are about."""
    cast.freeze("accept", "dispatch")
    first = cast.report("<script>alert(1)</script>厨房水龙头一直滴漏，关紧了也不行", photos=[cast.photo()])
    cast.report("楼道灯坏了", place="B3-1")
    done = cast.report("马桶堵了", who="孙立", room="5-2-0501")
    cast.at("11:00:01")
    for ticket in (first, done):
        cast.do("accept", ticket, "李敏")
        cast.do("dispatch", ticket, "李敏", to="陈师傅")
    cast.do("take", done, "陈师傅", eta=30)
    cast.do("start", done, "陈师傅", photo=cast.photo())
    cast.do("finish", done, "陈师傅", result="管道疏通，排水正常", photos=[cast.photo()])
    cast.do("confirm", done, "孙立")
    feedback.rate(done, stars=2, by=cast.scope("孙立"), chips=["LATE"], text="来晚了一个小时")
    cast.report("3号楼有人困在电梯里", who="王秀英", asset="EL-0301-1")
    duty.adopt_standard(cast.community, by=cast.scope("周强"))
    return first


def addresses(pattern: URLPattern, ticket: Ticket) -> list[str]:
    """Where a page may be: those without parts, and those of a ticket."""
    parts = pattern.pattern.converters
    if not parts:
        return [reverse(f"desk:{pattern.name}")]
    if pattern.name in ALIKE:
        return []
    if set(parts) == {"no"} and pattern.pattern._route.startswith("desk/tickets/"):
        return [reverse(f"desk:{pattern.name}", args=[ticket.no])]
    return []


def is_page(client: Client, url: str) -> bool:
    answer = client.get(url)
    return answer.status_code == 200 and b"<html" in getattr(answer, "content", b"")


def found(cast: Cast, ticket: Ticket) -> dict[str, list[str]]:
    """Who looks at which pages."""
    urls = [url for pattern in urlpatterns for url in addresses(pattern, ticket)]
    by_name: dict[str, list[str]] = {}
    for name in EYES:
        client = logged_in(cast.garden.staff[name])
        mine = [url for url in urls if is_page(client, url)]
        urls = [url for url in urls if url not in mine]
        by_name[name] = mine
    return by_name


def test_every_page_of_the_desk(cast: Cast, house: Ticket, opened: Phone, look: Looking, settings) -> None:
    settings.ANJU_DEMO = True
    pages = found(cast, house)
    for name, urls in pages.items():
        page: Page = opened(name, size=DESK)
        for url in urls:
            look.at(page, url)
        for url in urls:
            look.in_english(page, url)
    assert {"/desk/queue/", "/desk/figures/", f"/desk/tickets/{house.no}/", "/desk/screens/"} <= {
        url for urls in pages.values() for url in urls
    }
    assert look.seen >= 40


def test_the_screens_on_the_wall(cast: Cast, house: Ticket, opened: Phone, look: Looking) -> None:
    screen = hang(cast.community, "监控室", by=cast.scope("赵静"))
    lobby = labels.signed(label_of(cast.garden.assets["EL-0301-1"]).code)
    page = opened(size={"width": 1920, "height": 1080})
    for url in (f"/wall/{link(screen)}/", f"/lobby/{lobby}/"):
        look.at(page, url)
        look.in_english(page, url)


def test_a_screen_marks_what_is_old_and_moves_against_burn_in(cast: Cast, opened: Phone) -> None:
    page = opened(size={"width": 1920, "height": 1080})
    page.clock.install(time=clock.now())
    page.goto(f"/lobby/{labels.signed(label_of(cast.garden.assets['EL-0301-1']).code)}/")
    page.wait_for_selector("html[data-ready]")
    assert page.locator(".now").inner_text() == "09:00"
    assert page.locator(".stale").is_hidden()
    first = page.locator("html").get_attribute("data-shift")
    page.context.set_offline(True)
    page.clock.run_for(11 * 60_000)
    assert page.locator(".stale").inner_text() == "数据 09:00"
    assert page.locator("html").get_attribute("data-shift") != first
    page.context.set_offline(False)


def leaves_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def test_what_people_carry_fits_its_paper(cast: Cast, house: Ticket, opened: Phone) -> None:
    page = opened("周强", size=DESK)
    page.emulate_media(media="print")
    counts = {}
    for url, wide_mm in ((f"/desk/tickets/{house.no}/slip/", 148), ("/desk/roster/", 297), ("/desk/figures/", 210)):
        page.goto(url)
        pdf = page.pdf(prefer_css_page_size=True)
        counts[url.split("/")[-2]] = leaves_of(pdf)
        box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ", pdf)
        assert box
        assert abs(float(box[1]) * 25.4 / 72 - wide_mm) < 1, url
        assert page.locator(".print-foot").inner_text().startswith("阳光花园　周强　2026-03-02 11:00")
        assert page.locator("button:visible, .btn:visible, nav:visible").count() == 0
    assert counts == {"slip": 1, "roster": 1, "figures": 2}
