"""How pages look and are used: keys, boxes, choices, no overflow, nothing small, nothing that axe minds, prints."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import ROOT, hold_time

pytestmark = pytest.mark.browser

PAGES = ("/queue/", "/report/", "/done/", "/job/", "/nowhere/")
SMALLEST = """least => [...document.querySelectorAll("body *")].filter(el =>
    [...el.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && el.getClientRects().length
    && !el.matches("kbd, .stamp *, .sr") && parseFloat(getComputedStyle(el).fontSize) < least).map(el => el.outerHTML)"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def ready(page, path):
    page.goto(path)
    if not path.startswith("/nowhere/"):
        expect(page.locator("html")).to_have_attribute("data-ready", "")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_overflows_or_is_too_small_to_read(page, complaints, path):
    for look in ("theme=light", "density=compact", "text=elder"):
        ready(page, f"{path}?{look}")
        for width in (1920, 1366, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert not page.evaluate(TOO_WIDE), (look, width)
        elder = look == "text=elder" and path != "/queue/"
        assert page.evaluate(SMALLEST, 20 if elder else 12) == []
    assert [line for line in complaints if "404" not in line] == []


@pytest.mark.parametrize("path", [*PAGES, "/queue/?theme=dark", "/job/?theme=dark"])
def test_axe_finds_nothing(page, path):
    ready(page, path)
    axe = Axe((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = axe.run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_keys_move_through_the_list_and_press_what_they_name(page):
    ready(page, "/queue/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#row-b")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#row-b a")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#row-a")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("t")
    expect(page.locator("dialog#box")).to_be_visible()
    page.get_by_role("button", name="不转了").click()
    expect(page.locator("dialog#box")).to_be_hidden()


def test_letters_are_letters_in_fields_and_can_be_switched_off(page):
    ready(page, "/queue/")
    page.locator("#note-a").press("t")
    expect(page.locator("#note-a")).to_have_value("t")
    expect(page.locator("dialog#box")).to_be_hidden()
    ready(page, "/queue/?letters=off")
    page.keyboard.press("t")
    page.wait_for_timeout(200)
    expect(page.locator("dialog#box")).to_be_hidden()


def test_a_choice_is_kept_and_rendered_by_the_server(page):
    ready(page, "/queue/")
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert 'data-theme="dark"' in page.request.get("/queue/").text()
    page.get_by_role("button", name="深色").click()
    assert 'data-theme="light"' in page.request.get("/queue/").text()


def test_clocks_tick_in_the_browser_from_the_time_of_the_server(page):
    hold_time(page)
    ready(page, "/job/")
    expect(page.locator(".due-line .due")).to_have_text("剩 20:00")
    page.clock.run_for(61_000)
    expect(page.locator(".due-line .due")).to_have_text("剩 18:59")
    page.clock.run_for(19 * 60_000)
    expect(page.locator(".due-line .due")).to_have_text("超 00:01")
    expect(page.locator(".clock-state")).to_have_text("超 00:01")


@pytest.mark.parametrize("path", ["/queue/", "/report/"])
def test_prints_have_no_buttons(page, path):
    ready(page, path)
    page.emulate_media(media="print")
    for button in page.locator("button, .btn, nav").all():
        assert not button.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
