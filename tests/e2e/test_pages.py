"""Every page of the portal and the field on a phone: axe, content policy, width, letters and targets (screens 5.2, 7)."""

from datetime import date

import pytest
from playwright.sync_api import expect

from anju.core import clock
from anju.duty.models import Turn
from anju.estate import labels
from anju.estate.actions import label_of
from anju.feedback import actions as feedback
from anju.incidents import actions as incidents
from anju.incidents import queries
from anju.incidents.actions.bulletins import Words
from anju.lab import rota
from anju.tickets.models import Ticket
from tests.browser import DESK
from tests.cast import Cast
from tests.e2e.conftest import Phone
from tests.e2e.looking import Looking

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    cast.freeze("accept", "dispatch")
    return cast.report("厨房水龙头一直滴漏，关紧了也不行，接了个盆", photos=[cast.photo(), cast.photo()])


def test_pages_of_passers_by(cast: Cast, opened: Phone, look: Looking) -> None:
    code = labels.signed(label_of(cast.garden.assets["EL-0301-1"]).code)
    cast.report("电梯上下时有异响", who="王秀英", asset="EL-0301-1", leaf="EL04")
    page = opened()
    for url in ("/", f"/r/{code}/", f"/r/{code}/?leaf=EL05&what=按钮没反应", "/r/AAA-BBB/", "/me/login/"):
        look.at(page, url)
    page.goto(f"/r/{code}/")
    page.get_by_role("button", name="困在电梯里").click()
    page.wait_for_url("**/t/**")
    for url in (page.url, page.url.split("?")[0], page.url.split("?")[0] + "note/"):
        look.at(page, url)


def test_pages_of_a_resident(cast: Cast, opened: Phone, look: Looking, ticket: Ticket) -> None:
    page, mine = opened("张伟"), f"/me/tickets/{ticket.no}/"
    for url in ("/me/", "/me/report/", mine, f"{mine}cancel/"):
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


def test_pages_of_a_worker(cast: Cast, opened: Phone, look: Looking, ticket: Ticket) -> None:
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    page, job = opened("陈师傅"), f"/field/tickets/{ticket.no}/"
    for url in ("/field/", job, f"{job}decline/"):
        look.at(page, url)
    cast.do("take", ticket, "陈师傅", eta=30)
    for url in (job, f"{job}start/", f"{job}delay/", f"{job}suspend/"):
        look.at(page, url)
    cast.do("start", ticket, "陈师傅", photo=cast.photo())
    for url in (job, f"{job}finish/", f"{job}quote/", f"{job}return/"):
        look.at(page, url)


def test_an_incident_on_the_desk_and_on_the_managers_phone(cast: Cast, opened: Phone, look: Looking) -> None:
    """6.5: light, dark and 390 px; the clocks run."""
    area = [queries.area_of(cast.garden.places["B3"])]
    asked = incidents.Opening(cast.community, kind="停电", place="3栋", place_codes=["B3"], areas=area)
    row = incidents.open_incident(asked, by=cast.scope("孙涛"))
    incidents.post(row, by=cast.scope("李敏"), words=Words(progress="电工正在排查"))
    cast.at("09:31")
    here = f"/desk/incidents/{row.id}/"
    desk, phone = opened("何勇", size=DESK), opened("周强")
    for url in (f"{here}?theme=dark&density=compact", f"{here}?theme=light", "/desk/incidents/", f"{here}report/"):
        look.at(desk, url)
    look.at(phone, here)
    look.at(opened("张伟"), "/me/")
    digits = phone.locator("[data-since]").first
    before = digits.inner_text()
    expect(digits).not_to_have_text(before)


def test_leave_swaps_and_chains(cast: Cast, opened: Phone, look: Looking) -> None:
    rota.found(cast.garden)
    rota.publish(cast.garden, date(2026, 3, 16), date(2026, 3, 29))
    turn = Turn.objects.filter(staff__name="陈师傅").first()
    phone, desk = opened("陈师傅"), opened("周强", size=DESK)
    for url in ("/field/shifts/", f"/field/shifts/{turn.id}/swap/"):
        look.at(phone, url)
    for url in ("/desk/absences/", f"/desk/absences/turns/{turn.id}/", "/desk/chains/"):
        look.at(desk, url)
