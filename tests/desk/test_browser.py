"""The desk in a real browser: keys, boxes, text that survives news. How pages look is seen in tests/e2e/test_screens.py."""

import re

import pytest
from playwright.sync_api import Page, expect

from anju.lab import garden
from tests.browser import Profile, minded
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    cast.freeze("accept", "dispatch")
    for name in ("李敏", "周强"):
        cast.garden.staff[name].set_password(garden.PASSWORD)
        cast.garden.staff[name].save()
    return cast


@pytest.fixture
def page(cast: Cast, profile: Profile, live_server) -> Page:
    """Li Min at her desk."""
    sheet = profile(live_server.url).new_page()
    sheet.goto("/login/")
    sheet.get_by_label("账号").fill("李敏")
    sheet.get_by_label("密码").fill(garden.PASSWORD)
    sheet.get_by_role("button", name="登录").click()
    sheet.wait_for_url("**/desk/queue/")
    return sheet


def ready(page, path):
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("data-ready", "")
    page.wait_for_load_state("networkidle")


def test_keys_lead_through_the_list_to_a_dispatched_ticket(cast, page, complaints):
    ticket = cast.report()
    other = cast.report("门锁坏了")
    ready(page, "/desk/queue/")
    expect(page.locator("#peek")).to_contain_text("厨房水龙头一直滴漏")
    page.keyboard.press("j")
    expect(page.locator("#peek")).to_contain_text("门锁坏了")
    page.keyboard.press("k")
    expect(page.locator("#peek h2")).to_contain_text("厨房水龙头一直滴漏")
    page.keyboard.press("a")
    page.wait_for_url(f"**/desk/queue/?at={ticket.no}")
    expect(page.locator("#toasts")).to_contain_text(f"已受理　{ticket.no}")
    expect(page.locator("#peek h2")).to_contain_text("厨房水龙头一直滴漏")
    page.keyboard.press("d")
    expect(page.locator("dialog#box")).to_contain_text("陈师傅　在岗")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text(f"已派单　{ticket.no}")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.handler.name) == ("DISPATCHED", "陈师傅")
    assert other.no in page.content()
    assert minded(complaints) == []


def test_news_change_the_page_and_leave_what_is_being_typed(cast, page, complaints):
    ticket = cast.report()
    ready(page, f"/desk/tickets/{ticket.no}/")
    page.locator("#step-text").fill("业主说下午在家")
    cast.do("accept", ticket, "王芳")
    page.evaluate("window.htmx.trigger('#live', 'ticket', {}, false)")
    expect(page.locator(".legs")).to_contain_text("王芳受理")
    expect(page.locator("#step-text")).to_have_value("业主说下午在家")
    page.get_by_role("button", name="发给业主").focus()
    page.keyboard.press("n")
    expect(page.locator("#step-text")).to_be_focused()
    expect(page.get_by_role("button", name="发给业主")).to_be_hidden()
    page.locator(".line").click()
    page.keyboard.press("w")
    expect(page.get_by_label("回复业主")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".line")).to_contain_text("业主说下午在家")
    assert minded(complaints) == []


def test_a_collision_is_told_in_the_box_and_keeps_the_words(cast, page, complaints):
    ticket = cast.report()
    ready(page, f"/desk/tickets/{ticket.no}/")
    page.keyboard.press("e")
    page.locator("dialog#box textarea").fill("业主很急")
    cast.do("cancel", ticket, "王芳", reason="重复")
    page.locator("dialog#box .btn-main").click()
    expect(page.locator("dialog#box .notice")).to_contain_text("王芳09:00已操作这一单：撤销。您写的内容还在")
    expect(page.locator("dialog#box textarea")).to_have_value("业主很急")
    page.keyboard.press("Escape")
    expect(page.locator("dialog#box")).to_be_hidden()
    assert minded(complaints) == []


def test_a_call_is_written_down_with_at_most_eight_keys_beside_the_text(cast, page, complaints):
    """Screens, 5.1: one key at best; here every choice is changed, a twin is joined and an open matter is urged."""
    tap = cast.report("厨房水龙头一直滴漏")
    lamp = cast.report("楼道灯坏了", place="B3-1", leaf="PE02")
    cast.at("09:40")
    ready(page, "/desk/queue/")
    pressed = []

    def press(key):
        pressed.append(key)
        page.keyboard.press(key)

    press("F2")
    page.wait_for_url("**/desk/tickets/new/")
    page.keyboard.type("楼道灯坏了好几天，另外厨房水龙头还在滴漏")
    expect(page.locator("#kinds")).to_contain_text("公共照明不亮")
    expect(page.locator("#will")).to_contain_text("高工")
    page.locator("#new-phone").fill("13800005678")  # the telephone will fill it in
    expect(page.locator("#caller")).to_contain_text("张*")
    expect(page.locator("#also input:checked")).to_have_value(f"urge:{tap.no}")
    page.locator("#new-text").focus()
    press("Alt+2")
    expect(page.locator("#will")).to_contain_text("陈师傅")
    press("Alt+1")
    expect(page.locator("#will")).to_contain_text("高工")
    press("Alt+w")
    expect(page.locator(f'input[type=radio][value="join:{lamp.no}"]')).to_be_checked()
    press("Alt+n")
    expect(page.locator("#will")).not_to_contain_text("会自动并入")
    press("Alt+m")
    press("Alt+f")
    expect(page.locator("#new-text")).to_have_value("楼道灯坏了好几天，另外厨房水龙头还在滴漏")
    expect(page.locator("#will")).to_contain_text("会自动并入")
    press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text(f"已催办 {tap.no}")
    expect(page.locator(".mast")).to_contain_text(f"已并入{lamp.no}")
    assert len(pressed) <= 8
    assert minded(complaints) == []


def test_an_emergency_turns_the_page_into_its_script(cast, page, complaints):
    ready(page, "/desk/tickets/new/")
    page.keyboard.type("电梯困人了，三个人关在里面")
    expect(page.locator(".script-first")).to_contain_text("哪栋哪单元哪部梯")
    expect(page.locator(".send .if-alarm")).to_be_visible()
    expect(page.locator(".send .if-calm")).to_be_hidden()
    assert page.locator(".script-first blockquote").first.evaluate("el => getComputedStyle(el).fontSize") == "20px"
    assert minded(complaints) == []


def test_a_step_is_taken_back_with_one_key_and_the_list_of_keys_is_one_key_away(cast, page, complaints):
    ticket = cast.report()
    ready(page, "/desk/queue/")
    expect(page.locator("#peek")).to_contain_text("厨房水龙头一直滴漏")
    page.keyboard.press("a")
    expect(page.locator("#toasts")).to_contain_text(f"已受理　{ticket.no}")
    expect(page.locator("#queue")).to_contain_text("待派单")
    page.keyboard.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text(f"已撤回　{ticket.no}")
    ticket.refresh_from_db()
    assert ticket.status == "NEW"
    page.keyboard.press("Shift+?")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_role("button", name="不用单个字母").click()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator("dialog#box")).to_be_hidden()
    assert minded(complaints) == []


def test_a_new_emergency_is_heard_and_seen(cast, page, complaints):
    cast.report()
    ready(page, "/desk/queue/")
    cast.report("电梯困人，有人被关在里面", who="王秀英", asset="EL-0301-1")
    page.evaluate("window.htmx.trigger('#live', 'queue', {}, false)")
    expect(page.locator("#urgent")).to_contain_text("电梯困人")
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    expect(page.locator("html")).to_have_attribute("data-rang", "1")
    assert minded(complaints) == []


def test_the_palette_does_what_may_be_done_and_leads_back(cast, page, complaints):
    ticket = cast.report("地库渗水", place="B1")
    ready(page, "/desk/queue/")
    page.keyboard.press("Control+k")
    expect(page.locator("#found")).to_contain_text(f"受理 {ticket.no}")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type("bz")
    expect(page.locator('#found [aria-selected="true"]')).to_contain_text(f"备注 {ticket.no}")
    page.keyboard.press("Enter")
    expect(page.locator("dialog#box")).to_contain_text("写备注")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("dkss")
    expect(page.locator("#found")).to_contain_text("地库渗水")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/tickets/{ticket.no}/")
    assert minded(complaints) == []


def test_cards_are_moved_by_keyboard_and_by_drag(cast, page, complaints):
    first, second = cast.report("水管漏水"), cast.report("门锁坏了")
    cast.do("accept", second, "李敏")
    ready(page, f"/desk/kanban/?at={first.no}")
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-column="waiting"] [aria-current]')).to_contain_text("门锁坏了")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("dialog#box")).to_contain_text("派给谁")
    page.keyboard.press("Escape")
    page.locator('[data-column="new"] li').drag_to(page.locator('[data-column="waiting"]'))
    expect(page.locator("dialog#box")).to_contain_text("受理这一单")
    page.locator("dialog#box .btn-main").click()
    page.wait_for_url(f"**/desk/kanban/?at={first.no}")
    expect(page.locator('[data-column="waiting"] li')).to_have_count(2)
    assert minded(complaints) == []


def test_it_works_without_scripts(cast, live_server, page, profile):
    ticket = cast.report()
    plain = profile(live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(f"/desk/tickets/{ticket.no}/")
    plain.get_by_role("button", name="受理").click()
    plain.get_by_role("link", name="派单").click()
    plain.get_by_role("button", name="派单").click()
    expect(plain.locator(".relay-row")).to_contain_text("陈师傅")
    plain.get_by_role("link", name="升级").click()
    plain.get_by_role("button", name="升级").click()
    expect(plain.locator(".errors")).to_contain_text("请说明原因")


def top_of(page, no):
    return page.locator("[data-row]", has_text=no).bounding_box()["y"]


def test_rows_are_ticked_and_views_kept_by_keys_while_news_come_in(cast, page, complaints):
    made = [cast.report(place="GARDEN", who="孙涛") for _each in range(30)]
    ready(page, "/desk/queue/")
    boxes = page.locator("[data-tick]")
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(page.locator("#ticked b")).to_have_text("3")
    page.keyboard.press("x")
    expect(page.locator("#ticked b")).to_have_text("4")
    page.mouse.move(400, 500)
    page.mouse.wheel(0, 200)
    page.wait_for_function("document.querySelector('.queue-list').scrollTop >= 200")
    stood = top_of(page, made[9].no)
    cast.report("电梯困人了，有人在里面", asset="EL-0301-1", leaf="EL01")
    page.evaluate("window.htmx.trigger('#live', 'queue', {}, false)")
    expect(page.locator("#urgent p")).to_be_visible()
    assert abs(top_of(page, made[9].no) - stood) <= 1, "an emergency moves no row"
    expect(page.locator("#ticked b")).to_have_text("4")
    page.keyboard.press("v")
    page.get_by_label("名字").fill("早上")
    page.get_by_role("button", name="存下视图").click()
    page.wait_for_url("**saved=*")
    ready(page, "/desk/queue/?view=mine")
    page.keyboard.press("1")
    page.wait_for_url("**saved=*")
    expect(page.locator("html")).to_have_attribute("data-ready", "")
    page.keyboard.press("x")
    page.keyboard.press("b")
    expect(page.locator("h1")).to_have_text("批量：选中的1件")
    assert minded(complaints) == []
