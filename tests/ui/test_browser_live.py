"""News in a real browser: fetched again in place, kept in order, told when the line is lost."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from anju.core import clock
from tests.browser import hold_time
from tests.ui import office

pytestmark = pytest.mark.browser

HOUR = timedelta(hours=1)
NOTE_TINTS = """new MutationObserver(all => all.forEach(({ target }) =>
    "changed" in target.dataset && document.body.setAttribute("data-tinted", target.id)
)).observe(document.body, { subtree: true, attributeFilter: ["data-changed"] })"""


def opened(page, path="/queue/"):
    with page.expect_response("**/live/"):
        page.goto(path)
    return page


def test_an_event_fetches_again_in_place_and_keeps_what_is_typed(page, complaints):
    opened(page)
    page.evaluate(NOTE_TINTS)
    page.locator("#note-b").fill("正在写")
    office.state["rev"]["b"] = 2
    office.tell("queue")
    expect(page.locator("#row-b a")).to_have_text("b 2")
    expect(page.locator("body")).to_have_attribute("data-tinted", "row-b")
    expect(page.locator("#note-b")).to_have_value("正在写")
    expect(page.locator("#note-b")).to_be_focused()
    expect(page.locator("#row-b")).not_to_have_attribute("data-changed", "")
    assert complaints == []


def test_rows_keep_their_order_until_the_reader_asks(page, complaints):
    opened(page)
    page.locator("#row-b td").first.click()
    office.state.update(rows=["c", "a", "b"], words="2处变化")
    office.tell("queue")
    expect(page.locator("#pill")).to_be_visible()
    assert office.seen[-1] == {"order": "a,b,c"}
    assert page.locator("[data-row]").evaluate_all("rows => rows.map(r => r.dataset.row)") == ["a", "b", "c"]
    expect(page.locator("#row-b")).to_have_attribute("aria-selected", "true")
    office.state["words"] = ""
    page.keyboard.press("r")
    expect(page.locator("#pill")).to_be_hidden()
    assert office.seen[-1] == {}
    assert page.locator("[data-row]").evaluate_all("rows => rows.map(r => r.dataset.row)") == ["c", "a", "b"]
    expect(page.locator("#row-b")).to_have_attribute("aria-selected", "true")
    assert complaints == []


def test_the_new_order_comes_by_itself_when_nobody_is_in_the_list(page):
    page.clock.install(time=clock.now())
    opened(page)
    page.locator("#queue").hover()
    office.state.update(rows=["c", "a", "b"], words="2处变化")
    office.tell("queue")
    expect(page.locator("#pill")).to_be_visible()
    page.clock.pause_at(clock.now() + HOUR)
    page.mouse.move(5, 700)
    page.clock.run_for(19_000)
    assert office.seen[-1] == {"order": "a,b,c"}
    with page.expect_response(lambda answer: answer.url.endswith("/queue/")):
        page.clock.run_for(3_000)


def hung_up(page):
    """The line is gone, and the page has noticed."""
    page.evaluate("live.addEventListener('htmx:sse:before:connection', () => { live.title = 'gone' }, { once: true })")
    office.hang_up()
    expect(page.locator("#live")).to_have_attribute("title", "gone")


def test_a_lost_line_is_said_after_five_seconds_and_mended(page):
    hold_time(page)
    opened(page)
    office.state["live"] = 429
    hung_up(page)
    page.clock.run_for(4_900)
    expect(page.locator("#lost")).to_be_hidden()
    page.clock.run_for(200)
    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator("#lost time")).to_have_text("09:00")
    office.state["live"] = 200
    office.state["rev"]["c"] = 9
    page.clock.resume()
    expect(page.locator("#row-c a")).to_have_text("c 9")
    expect(page.locator("#lost")).to_be_hidden()


def test_a_slow_line_that_brings_the_extension_last_is_no_harm(page):
    page.route("**/hx-sse.min.js", lambda route: page.wait_for_timeout(300) or route.continue_())
    opened(page)
    office.state["rev"]["a"] = 2
    office.tell("queue")
    expect(page.locator("#row-a a")).to_have_text("a 2")


def test_a_first_connection_that_fails_is_tried_again(page):
    office.state["live"] = 429
    opened(page)
    office.state["live"] = 200
    with page.expect_response(lambda answer: answer.url.endswith("/live/") and answer.ok):
        pass
    office.state["rev"]["a"] = 3
    office.tell("queue")
    expect(page.locator("#row-a a")).to_have_text("a 3")


def test_one_stream_per_browser_and_news_for_every_tab(page, site):
    opened(page)
    second = page.context.new_page()
    asked = []
    second.on("request", lambda request: asked.append(request.url))
    second.goto("/queue/")
    expect(second.locator("html")).to_have_attribute("data-ready", "")
    office.state["rev"]["a"] = 5
    office.tell("queue")
    expect(page.locator("#row-a a")).to_have_text("a 5")
    expect(second.locator("#row-a a")).to_have_text("a 5")
    assert f"{site}/live/" not in asked
    page.close()
    with second.expect_response("**/live/"):
        office.hang_up()


def test_signed_out_elsewhere_means_loading_the_page_again(page):
    opened(page)
    office.state["live"] = 401
    with page.expect_navigation():
        office.hang_up()
