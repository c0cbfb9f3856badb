"""From the sticker on the lift to five stars, and the red light: the journeys a newcomer is shown first."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from anju.estate import labels
from anju.estate.actions import label_of
from anju.feedback.models import Rating
from anju.tickets.models import Ticket
from tests.browser import DESK, minded
from tests.cast import Cast
from tests.e2e.conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def photo(name: str) -> dict[str, object]:
    """A picture as a phone takes it: noise, so that it weighs something."""
    data = BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(data, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": data.getvalue()}


def shoot(page: Page, name: str) -> None:
    """Choose a photo and wait until it is shown."""
    page.set_input_files("input[type=file]", [photo(name)])
    expect(page.locator(".shot img")).to_have_count(1)


def sign_in(page: Page, name: str, password: str) -> None:
    """As staff do it."""
    page.goto("/login/")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/queue/")


def report_by_scan(cast: Cast, phone: Page) -> Ticket:
    """Scan, chip, photo, submit; the phone then shows 收到了."""
    code = labels.signed(label_of(cast.garden.assets["EL-0301-1"]).code)
    phone.goto(f"/r/{code}/")
    expect(phone.locator("h1")).to_have_text("3栋1单元1号电梯")
    phone.get_by_role("link", name="按钮没反应").click()
    shoot(phone, "按钮.jpg")
    phone.get_by_label("说一句").fill("3楼的按钮按了不亮")
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("h1")).to_have_text("收到了")
    return Ticket.objects.get()


def work_on(cast: Cast, worker: Page, ticket: Ticket) -> None:
    """Take, arrive with a photo, finish with a photo, words and a part."""
    worker.goto("/field/")
    worker.get_by_role("link", name="3栋1单元1号电梯").click()
    worker.get_by_role("radio", name="15分钟").check()
    worker.get_by_role("button", name="接单").click()
    worker.get_by_role("link", name="我到了").click()
    cast.at("09:20")
    shoot(worker, "现场.jpg")
    worker.get_by_role("button", name="签到，开始干").click()
    expect(worker.get_by_role("link", name="修好了")).to_be_visible()
    ticket.refresh_from_db()
    assert ticket.status == "IN_PROGRESS"

    cast.at("09:40")
    worker.get_by_role("link", name="修好了").click()
    go = worker.get_by_role("button", name="修好了")
    expect(go).to_contain_text("还差1张修后照片")
    shoot(worker, "修后.jpg")
    expect(go).to_contain_text("还没点做了什么")
    worker.get_by_role("checkbox", name="换按钮").check()
    worker.get_by_role("checkbox", name="试运行正常").check()
    worker.get_by_role("button", name="多一个：按钮").click()
    expect(go).to_contain_text("5秒内撤回")
    go.click()
    worker.wait_for_url("**/field/")
    expect(worker.locator("#outbox li")).to_have_count(1)  # for five seconds it can be taken back
    expect(worker.locator("#outbox li")).to_have_count(0)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.parts) == ("PENDING_ACCEPTANCE", [{"name": "按钮", "n": 1}])


def test_from_the_sticker_to_five_stars(cast: Cast, opened: Phone, password, complaints: list[str]) -> None:
    cast.freeze("accept")
    phone = opened()
    ticket = report_by_scan(cast, phone)
    assert (ticket.leaf_code, ticket.status, ticket.photo_count) == ("EL05", "NEW", 1)
    assert (ticket.asset.code, ticket.place.code, ticket.channel) == ("EL-0301-1", "B3-1", "qr")
    expect(phone.locator(".no")).to_contain_text(ticket.no)
    phone.get_by_role("link", name="看进度").click()
    expect(phone.locator(".promise")).to_contain_text("09:15前有人回应")
    link = phone.url

    cast.at("09:05")
    desk = opened(size=DESK)
    sign_in(desk, "李敏", password("李敏"))
    desk.goto(f"/desk/tickets/{ticket.no}/")
    desk.locator(".mast").get_by_role("button", name="受理").click()
    expect(desk.locator(".mast")).to_contain_text("待接单")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.handler.name) == ("DISPATCHED", "高工")

    work_on(cast, opened("高工"), ticket)

    cast.at("10:00")
    phone.goto(link)
    expect(phone.locator(".pair img")).to_have_count(2 + 1 + 2)
    phone.locator(".stars label").nth(4).click()
    expect(phone.locator(".stars-word")).to_have_text("5星　很满意", use_inner_text=True)
    phone.get_by_role("checkbox", name="来得快").check()
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.locator(".promise")).to_contain_text("已完成")
    ticket.refresh_from_db()
    rating = Rating.objects.get(ticket=ticket)
    assert (ticket.status, ticket.close_code, rating.stars, rating.chips) == ("CLOSED", "RATED", 5, ["QUICK"])
    assert minded(complaints) == []


def test_a_report_nobody_looks_at_turns_red_on_the_desk(cast: Cast, opened: Phone, password) -> None:
    cast.freeze("accept")
    phone = opened()
    ticket = report_by_scan(cast, phone)
    desk = opened(size=DESK)
    sign_in(desk, "李敏", password("李敏"))
    expect(desk.locator(f"text={ticket.no}").first).to_be_visible()
    cast.at("11:00:00")
    desk.reload()
    row = desk.locator("[data-row]", has_text=ticket.no)
    expect(row.locator("[data-light=yellow]").first).to_be_visible()
    cast.at("11:00:01")
    desk.reload()
    expect(row.locator("[data-light=red]").first).to_be_visible()
    expect(row).to_contain_text("超")
    phone.get_by_role("link", name="看进度").click()
    expect(phone.locator(".promise.late")).to_contain_text("比承诺晚了")
    phone.get_by_role("button", name="催一下").click()
    expect(phone.locator("#toasts")).to_contain_text("已经帮您催了")
    phone.get_by_role("button", name="催一下").click()
    expect(phone.locator("#toasts")).to_contain_text("请在30分钟后再催办")
    ticket.refresh_from_db()
    assert (ticket.light, ticket.was_red, ticket.urge_count) == ("RED", True, 1)
