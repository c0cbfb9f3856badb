"""Every page of the portal and the field on a phone: axe, content policy, width, letters and targets (screens 5.2, 7)."""

from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from anju.core import clock
from anju.duty.models import Turn
from anju.estate import labels
from anju.estate.actions import label_of
from anju.feedback import actions as feedback
from anju.lab import rota
from anju.tickets.models import Ticket
from tests.browser import DESK, minded
from tests.cast import Cast
from tests.e2e.conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = """() => {
  const { text, door } = document.documentElement.dataset;
  const least = text === "elder" ? 20 : door === "field" ? 15 : 12, tap = door === "field" ? 55.5 : door === "desk" ? 0 : 43.5;
  const found = [];
  for (const el of document.querySelectorAll("body *")) {
    const words = [...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!words || !el.getClientRects().length || el.closest(".sr, .skip")) continue;
    if (parseFloat(getComputedStyle(el).fontSize) < least) found.push(`${el.className}: ${el.textContent.trim().slice(0, 20)}`);
  }
  for (const el of document.querySelectorAll("a.btn, button, .choice, .tile, .go-btn, .add, .job-card, summary.btn, .under a")) {
    const box = el.getBoundingClientRect();
    if (box.width && box.height < tap) found.push(`${el.className} is ${box.height} high`);
  }
  return found;
}"""


class Looking:
    """Opens pages one after the other and collects what is wrong with them."""

    def __init__(self, complaints: list[str]) -> None:
        self.axe, self.complaints, self.wrong = Axe(), complaints, list[str]()

    def at(self, page: Page, url: str) -> None:
        """Open it; the console counts until axe, which has styles of its own, begins."""
        page.goto(url)
        page.wait_for_load_state("networkidle")
        found = [f"console: {one}" for one in minded(self.complaints)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("wider than the screen")
        found += page.evaluate(SMALL)
        rules = self.axe.run(page, options={"preload": False, "runOnly": TAGS}).response["violations"]
        found += [f"axe {rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in rules]
        self.complaints.clear()
        self.wrong += [f"{url} {one}" for one in found]


@pytest.fixture
def look(complaints: list[str]) -> Iterator[Looking]:
    found = Looking(complaints)
    yield found
    assert found.wrong == []


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    cast.freeze("accept", "dispatch")
    return cast.report("厨房水龙头一直滴漏，关紧了也不行，接了个盆", photos=[cast.photo(), cast.photo()])


@pytest.mark.parametrize("text", ["normal", "elder"])
def test_pages_of_passers_by(cast: Cast, opened: Phone, look: Looking, text: str) -> None:
    code = labels.signed(label_of(cast.garden.assets["EL-0301-1"]).code)
    cast.report("电梯上下时有异响", who="王秀英", asset="EL-0301-1", leaf="EL04")
    page = opened()
    for url in (f"/?text={text}", f"/r/{code}/", f"/r/{code}/?leaf=EL05&what=按钮没反应", "/r/AAA-BBB/", "/me/login/"):
        look.at(page, url)
    page.goto(f"/r/{code}/")
    page.get_by_role("button", name="困在电梯里").click()
    page.wait_for_url("**/t/**")
    for url in (page.url, page.url.split("?")[0], page.url.split("?")[0] + "note/"):
        look.at(page, url)


@pytest.mark.parametrize("text", ["normal", "elder"])
def test_pages_of_a_resident(cast: Cast, opened: Phone, look: Looking, ticket: Ticket, text: str) -> None:
    page, mine = opened("张伟"), f"/me/tickets/{ticket.no}/"
    for url in (f"/me/?text={text}", "/me/report/", mine, f"{mine}cancel/"):
        look.at(page, url)
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    cast.do("take", ticket, "陈师傅", eta=30)
    cast.do("delay", ticket, "陈师傅", eta=clock.parse("2026-03-02T10:30:00"), reason="上一户爆管抢修超时")
    cast.do("quote", ticket, "陈师傅", lines=[{"name": "陶瓷阀芯", "kind": "material", "fen": 5800}])
    look.at(page, mine)
    cast.do("confirm_quote", ticket, "张伟")
    cast.do("start", ticket, "陈师傅", photo=cast.photo())
    cast.do("finish", ticket, "陈师傅", result="更换阀芯1个，软管2根，试压合格", photos=[cast.photo()])
    look.at(page, mine)
    feedback_given(cast, ticket)
    look.at(page, mine)


def feedback_given(cast: Cast, ticket: Ticket) -> None:
    cast.do("confirm", ticket, "张伟")
    feedback.rate(ticket, stars=2, by=cast.scope("张伟"), chips=["LATE"], text="来晚了一个小时")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_of_a_worker(cast: Cast, opened: Phone, look: Looking, ticket: Ticket, theme: str) -> None:
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    page, job = opened("陈师傅"), f"/field/tickets/{ticket.no}/"
    for url in (f"/field/?theme={theme}", job, f"{job}decline/"):
        look.at(page, url)
    cast.do("take", ticket, "陈师傅", eta=30)
    for url in (job, f"{job}start/", f"{job}delay/", f"{job}suspend/"):
        look.at(page, url)
    cast.do("start", ticket, "陈师傅", photo=cast.photo())
    for url in (job, f"{job}finish/", f"{job}quote/", f"{job}return/"):
        look.at(page, url)


def test_the_queue_of_calls(cast: Cast, opened: Phone, look: Looking, ticket: Ticket) -> None:
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    cast.do("take", ticket, "陈师傅", eta=30)
    cast.do("start", ticket, "陈师傅", photo=cast.photo())
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    feedback_given(cast, ticket)
    look.at(opened("郑洁", size=DESK), "/desk/revisits/")


def test_the_console_of_the_outside_service(cast: Cast, opened: Phone, look: Looking) -> None:
    cast.at("03-03 02:00")
    cast.report("楼道灯不亮", who="王秀英", place="B3-1")
    mine = cast.report("家里厨房水管爆了，水止不住", who="外包01", room="3-1-1203", phone="13800005678")
    page = opened("外包01", size=DESK)
    for url in ("", "new/", "emergency/", "bulletins/", "transfers/", f"tickets/{mine.no}/"):
        look.at(page, f"/desk/night/{url}")
    page.keyboard.press("2")
    page.wait_for_url("**/night/emergency/")
    page.get_by_text("被困", exact=False).first.click()
    assert (
        page.evaluate(
            "getSelection().selectAllChildren(document.querySelector('.night-say')) ?? String(getSelection())"
        )
        == ""
    )
    look.at(opened("李敏", size=DESK), "/desk/night/morning/")


def test_leave_swaps_and_chains(cast: Cast, opened: Phone, look: Looking) -> None:
    rota.found(cast.garden)
    rota.publish(cast.garden, date(2026, 3, 16), date(2026, 3, 29))
    turn = Turn.objects.filter(staff__name="陈师傅").first()
    phone, desk = opened("陈师傅"), opened("周强", size=DESK)
    for url in ("/field/shifts/", f"/field/shifts/{turn.id}/swap/"):
        look.at(phone, url)
    for url in ("/desk/absences/", f"/desk/absences/turns/{turn.id}/", "/desk/chains/"):
        look.at(desk, url)
