"""Microphone and camera of a phone: a voice note at a code, a code read on site (screens 5.2, 6.8, 6.10)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, expect

from anju.estate import labels
from anju.estate.actions import label_of
from anju.tickets.models import Ticket
from tests.browser import PATIENCE_MS, PHONE
from tests.cast import Cast
from tests.e2e.conftest import Phone, session_of
from tools import system

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
EDGE = 480
START = "按住说话，或点一下开始"


def film(code: str, file: Path) -> Path:
    """What a camera sees that looks at a printed code: one grey frame."""
    rows = [[255 * (1 - dark) for dark in row] for row in segno.make(code, error="m").matrix_iter(border=4)]
    scale = EDGE // len(rows)
    edge = len(rows) * scale // 2 * 2
    light = bytes(
        rows[min(y // scale, len(rows) - 1)][min(x // scale, len(rows) - 1)] for y in range(edge) for x in range(edge)
    )
    file.write_bytes(
        b"YUV4MPEG2 W%d H%d F5:1 C420jpeg\nFRAME\n" % (edge, edge) + light + bytes([128]) * (edge * edge // 2)
    )
    return file


@pytest.fixture
def sensing(cast: Cast, browser: Browser, live_server, tmp_path: Path) -> Iterator[BrowserContext]:
    """A phone with a microphone that hums and a camera that looks at the code of stairway 3-1."""
    code = labels.signed(label_of(cast.garden.places["B3-1-L"]).code)
    seen = film(f"{live_server.url}/r/{code}/", tmp_path / "code.y4m")
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    launched = browser.browser_type.launch(
        executable_path=system.browser(), args=[*fake, f"--use-file-for-fake-video-capture={seen}"], timeout=PATIENCE_MS
    )
    context = launched.new_context(base_url=live_server.url, viewport=PHONE, permissions=["microphone", "camera"])
    context.set_default_timeout(PATIENCE_MS)
    yield context
    launched.close()


def test_spoken_and_sent_when_the_signal_is_back(cast: Cast, sensing: BrowserContext) -> None:
    code = labels.signed(label_of(cast.garden.assets["EL-0301-1"]).code)
    page = sensing.new_page()
    page.goto(f"/r/{code}/?leaf=")
    button, sound = page.get_by_role("button", name=START), page.locator("audio")
    button.hover()
    page.mouse.down()
    expect(page.get_by_role("button", name="正在录 1秒")).to_be_visible()
    page.mouse.up()
    expect(sound).to_be_visible()
    page.get_by_role("button", name="去掉录音").click()
    expect(sound).to_be_hidden()
    button.click()
    expect(page.get_by_role("button", name="正在录")).to_be_visible()
    page.get_by_role("button", name="正在录").click()
    expect(sound).to_be_visible()
    page.get_by_role("button", name="去掉录音").click()
    button.click()
    expect(page.get_by_role("button", name="正在录")).to_be_visible()
    sensing.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(sound).to_be_visible()
    expect(page.locator("#notices")).to_contain_text("没存上，内容还在这里")
    sensing.set_offline(False)
    page.wait_for_url("**/t/**")
    ticket = Ticket.objects.get()
    assert ticket.text == "留了语音，请听"
    assert ticket.voice.size > 100
    page.goto(page.url.split("?")[0])
    page.wait_for_function(
        "async () => { const a = document.querySelector('audio'); await a.play(); return a.currentTime >= 0; }"
    )


def test_a_code_read_on_site_checks_in(cast: Cast, sensing: BrowserContext, live_server) -> None:
    cast.freeze("accept", "dispatch")
    ticket = cast.report("厨房水龙头一直滴漏")
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    cast.do("take", ticket, "陈师傅", eta=30)
    sensing.add_cookies([{"name": "anju_session", "value": session_of(cast, "陈师傅"), "url": live_server.url}])
    page = sensing.new_page()
    page.goto(f"/field/tickets/{ticket.no}/start/")
    page.get_by_role("button", name="扫现场的码", exact=True).click()
    page.wait_for_url(f"**/{ticket.no}/")
    ticket.refresh_from_db()
    assert ticket.status == "IN_PROGRESS"


def test_without_a_microphone_there_is_no_button(cast: Cast, opened: Phone) -> None:
    code = labels.signed(label_of(cast.garden.assets["EL-0301-1"]).code)
    page = opened()
    page.goto(f"/r/{code}/?leaf=")
    page.locator("html[data-ready]").wait_for()
    expect(page.get_by_label("说一句")).to_be_visible()
    expect(page.get_by_role("button", name=START)).to_be_hidden()
