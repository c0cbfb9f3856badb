"""Forms in a real browser: a press counts once, what was typed stays, photos become small, all of it works without scripts."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from anju.core.text import clean
from tests.ui import office

pytestmark = pytest.mark.browser

RAINY = "厨房水管漏水，打13800138000"


def picture(edge=2800):
    """A photo, too large to send as it is."""
    image = Image.effect_noise((edge // 4, edge // 8), 90).resize((edge, edge // 2)).convert("RGB")
    data = io.BytesIO()
    image.save(data, "PNG")
    return {"name": "雨.png", "mimeType": "image/png", "buffer": data.getvalue()}


def opened(page):
    page.goto("/report/")
    expect(page.locator("html")).to_have_attribute("data-ready", "")


def sent(page):
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.get_by_role("button", name="提交").click()
    return answer.value


def test_a_wrong_form_stays_with_its_photo_and_says_what_is_wrong_twice(page):
    opened(page)
    page.set_input_files("input[type=file]", picture())
    expect(page.locator(".shot img")).to_have_count(1)
    page.locator("#id_text").fill("漏")
    assert sent(page).status == 422
    summary = page.locator(".errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("请说一句哪里坏了，或拍一张照片")
    expect(page.locator("#id_text-error")).to_have_text("请说一句哪里坏了，或拍一张照片")
    expect(page).to_have_title("有误：报修")
    expect(page.locator("#id_text")).to_have_value("漏")
    expect(page.locator(".shot img")).to_have_count(1)
    assert 50_000 < office.seen[-1]["photo"] <= 1024 * 1024
    summary.get_by_role("link").click()
    expect(page.locator("#id_text")).to_be_focused()


def test_a_good_form_goes_on_to_the_next_page_with_a_way_back(page, complaints):
    opened(page)
    page.locator("#id_text").fill(RAINY)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_have_text("收到了")
    expect(page.locator("#toasts")).to_contain_text("已提交")
    expect(page.get_by_role("button", name="撤回")).to_be_visible()
    assert office.seen[-1]["text"] == clean(RAINY)
    assert len(office.seen[-1]["once"]) == 22
    assert complaints == []


def test_a_double_press_sends_once_and_shows_that_it_works(page):
    opened(page)
    held = []
    page.route("**/report/", lambda route: held.insert(0, route), times=1)
    page.locator("#id_text").fill("漏水了")
    page.get_by_role("button", name="提交").dblclick(no_wait_after=True)
    expect(page.get_by_role("button", name="提交")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(page.locator("h1")).to_have_text("收到了")
    assert len(office.seen) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (409, "王芳11:05已受理这一单。您写的内容还在"),
        (500, "没存上，内容还在这里。请再点一次；还不行请打电话"),
        ("network", "没存上，内容还在这里。请再点一次；还不行请打电话 400-800-1234"),
        ("gateway", "没存上，内容还在这里。请再点一次；还不行请打电话 400-800-1234"),
    ],
)
def test_trouble_is_said_above_the_form_which_stays_as_it_is(page, answer, words, errors_logged):
    opened(page)
    office.state["post"] = answer
    if answer == "network":
        page.route("**/report/", lambda route: route.abort())
    if answer == "gateway":
        page.route("**/report/", lambda route: route.fulfill(status=502, body="<html><body>Bad gateway</body></html>"))
    page.locator("#id_text").fill(RAINY)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#notices")).to_contain_text(words)
    expect(page.locator("#id_text")).to_have_value(RAINY)
    expect(page.get_by_role("button", name="提交")).not_to_have_attribute("aria-busy", "true")
    page.get_by_role("button", name="知道了").click()
    expect(page.locator("#notices")).to_be_empty()


def test_a_draft_survives_a_reload_without_phone_numbers_and_ends_when_sent(page):
    opened(page)
    page.locator("#id_text").fill(RAINY)
    page.locator("#id_phone").fill("13800138000")
    page.reload()
    expect(page.locator("#id_text")).to_have_value("厨房水管漏水，打")
    assert "1380013" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_have_text("收到了")
    assert page.evaluate("sessionStorage.length") == 0


def test_photos_can_be_added_and_taken_away(page):
    opened(page)
    small = picture(40)
    page.set_input_files("input[type=file]", small)
    expect(page.locator(".shot img")).to_have_count(1)
    assert page.evaluate("document.querySelector('input[type=file]').files[0].size") == len(small["buffer"])
    page.get_by_role("button", name="去掉这张").click()
    expect(page.locator(".shot")).to_have_count(0)
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 0


def test_sent_while_a_photo_is_still_being_made_small_it_waits(page):
    opened(page)
    page.locator("#id_text").fill("漏水了")
    page.set_input_files("input[type=file]", picture())
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_have_text("收到了")
    assert 50_000 < office.seen[-1]["photo"] <= 1024 * 1024


def test_everything_works_without_scripts(profile, site):
    office.reset()
    page = profile(site, java_script_enabled=False).new_page()
    page.goto("/report/?text=elder")
    expect(page.locator("html")).to_have_attribute("data-text", "elder")
    page.goto("/report/")
    expect(page.locator("html")).to_have_attribute("data-text", "elder")
    page.set_input_files("input[type=file]", picture(40))
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".errors")).to_contain_text("这个字段是必填项。")
    page.locator("#id_text").fill("漏水了")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_have_text("收到了")
