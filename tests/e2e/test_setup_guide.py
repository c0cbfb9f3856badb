"""An office live in half an hour: from an empty database to the first report, as a new manager clicks through it.

`pytest -s` prints after how many seconds and presses each step was done.
"""

import time
from pathlib import Path

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from anju.accounts import inviting
from anju.core import clock
from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate.models import Room
from anju.tickets.models import Ticket
from tests.browser import PHONE, ROOT, Profile, minded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROSTERS = sorted((Path(__file__).parent.parent / "data").glob("花名册-*"))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Newcomer:
    """Somebody who has never seen the product, and a watch."""

    def __init__(self, page: Page) -> None:
        self.page, self.begin, self.presses = page, time.monotonic(), 0

    def fill(self, **values: str) -> None:
        """Type into fields by their labels."""
        for label, value in values.items():
            self.page.get_by_label(label, exact=True).fill(value)
            self.presses += 1

    def press(self, name: str, role: str = "button") -> None:
        """Press what is called so, and wait for the page."""
        self.page.get_by_role(role, name=name, exact=True).click()
        self.page.wait_for_load_state("networkidle")
        self.presses += 1

    def joins(self, link: str) -> None:
        """Name, password, authenticator."""
        self.page.goto(link)
        self.fill(姓名="周强", 账号="周强", 再输一遍密码="gut-genug-1", **{"密码，至少8位": "gut-genug-1"})
        self.press("开始使用")
        secret = self.page.locator("p.num").inner_text().replace(" ", "")
        self.fill(**{"3. 输入手机上现在的6位数字": pyotp.TOTP(secret).at(clock.now())})
        self.press("设好")
        self.press("已经收好，继续", "link")
        self.says("账号")

    def done(self, step: str) -> None:
        """The step is ticked."""
        expect(self.page.locator(".guide-done h2", has_text=step)).to_be_visible()
        self.says(step)

    def says(self, step: str) -> None:
        """How long it took until here."""
        print(f"{time.monotonic() - self.begin:6.1f} s  {self.presses:3} presses  {step}")


def test_from_nothing_to_the_first_report(transactional_db, profile: Profile, live_server, complaints, settings):
    settings.ANJU_BASE_URL = live_server.url
    village = estate.community(code="main", name="阳光花园", sign="", hotline="")
    more = {"dept": "PM", "roles": ["PM", "ADM"], "skills": []}
    _row, code = inviting.invite(village, name="管理员", phone="", by=SYSTEM, **more)
    page = profile(live_server.url).new_page()
    her = Newcomer(page)
    her.joins(inviting.link(code))
    her.fill(业主打得通的电话="0571-88888888")
    her.press("存好，下一步")
    her.done("小区")

    her.press("导入花名册", "link")
    for roster in ROSTERS:
        page.set_input_files("#file", roster)
        her.press("上传并试读")
        her.press("写入")
        expect(page.get_by_role("button", name="撤回这次导入")).to_be_visible()
        page.goto("/desk/imports/")
    assert (len(ROSTERS), Room.objects.count()) == (4, 16)
    page.goto("/desk/setup/")
    her.done("房屋和住户")

    for name, job in (("李敏", "客服专员"), ("陈师傅", "水暖工")):
        her.fill(姓名=name)
        page.get_by_label("做什么").select_option(label=job)
        her.press("邀请")
    her.done("员工")
    link = page.get_by_label("陈师傅的邀请链接").input_value()
    her.press("下一步", "link")
    her.press("用标准岗位和班次")
    her.done("岗位和技能")
    her.press("每个单元一张码")
    her.done("二维码")
    her.press("下一步", "link")
    her.press("试报一件")
    her.done("试报一件")
    assert Ticket.objects.get().place is not None

    joined(profile(live_server.url, PHONE).new_page(), link)
    assert minded(complaints) == []
    page.goto("/desk/imports/")
    page.set_input_files("#file", ROSTERS[0])
    her.press("上传并试读")
    axe = Axe((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    for path in (page.url, "/desk/imports/", "/desk/setup/?step=staff", "/desk/setup/?step=codes"):
        page.goto(path)
        assert axe.run(page, options={"runOnly": TAGS}).response["violations"] == []


def joined(phone: Page, link: str) -> None:
    """The plumber opens his link on his phone and is at his jobs."""
    phone.goto(link)
    phone.get_by_label("密码，至少8位").fill("gut-genug-2")
    phone.get_by_label("再输一遍密码").fill("gut-genug-2")
    phone.get_by_role("button", name="开始使用").click()
    phone.wait_for_url("**/field/")
