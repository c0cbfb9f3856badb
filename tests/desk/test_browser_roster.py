"""The month grid in a real browser: arrows, brushes by key, copying a week, drawing with the mouse (screens 6.6)."""

import pytest
from playwright.sync_api import Page, expect

from anju.duty.models import Turn
from anju.lab import rota
from tests.browser import DESK, Profile, minded
from tests.duty.conftest import FIRST, LAST, Teams
from tests.e2e.conftest import session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def worked(name: str) -> list[tuple[int, str]]:
    """Day and shift of somebody's turns as guard."""
    rows = Turn.objects.filter(staff__name=name, post__code="guard").order_by("day")
    return [(row.day.day, row.shift.code) for row in rows.select_related("shift")]


def opened(teams: Teams, profile: Profile, live_server, url: str) -> Page:
    context = profile(live_server.url, DESK)
    context.add_cookies([{"name": "anju_session", "value": session_of(teams, "韩梅"), "url": live_server.url}])
    page = context.new_page()
    page.goto(url)
    expect(page.locator("html")).to_have_attribute("data-ready", "")
    return page


def test_keys_and_mouse(transactional_db: None, profile: Profile, live_server, complaints) -> None:
    teams = Teams()
    rota.draft(teams.garden, FIRST, LAST)
    cai, guard = teams.garden.staff["蔡姐"].id, teams.turn(teams.who("guard", "早", 18), 18).post_id
    page = opened(teams, profile, live_server, f"/desk/roster/?m=2026-03&add={guard}-{cai}")

    def cell(day: int):
        return page.locator(f'button[value="{guard}:{cai}:2026-03-{day:02d}"]')

    def painted(day: int, text: str) -> None:
        expect(cell(day)).to_have_text(text)
        expect(page.locator("html")).to_have_attribute("data-ready", "")

    cell(2).focus()
    page.keyboard.press("ArrowRight")
    expect(cell(3)).to_be_focused()
    page.keyboard.press("z")
    page.keyboard.press("z")
    painted(3, "早")
    expect(cell(3)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("3")
    page.keyboard.press("3")
    painted(4, "中" if page.locator('[data-brush] input[data-key="3"]').input_value() == "中" else "夜")
    first = worked("蔡姐")
    assert [day for day, _code in first] == [3, 4]

    page.keyboard.press("Control+c")
    cell(10).focus()
    page.keyboard.press("Control+v")
    painted(10, "早")
    assert worked("蔡姐") == [*first, *((day + 7, code) for day, code in first)]

    expect(cell(10)).to_be_focused()
    page.keyboard.press("x")
    painted(10, "·")
    page.locator('[data-brush] input[value="早"]').check(force=True)
    cell(17).hover()
    page.mouse.down()
    cell(18).hover()
    cell(19).hover()
    page.mouse.up()
    painted(19, "早")
    assert [(day, code) for day, code in worked("蔡姐") if day > 12] == [(17, "早"), (18, "早"), (19, "早")]
    assert minded(complaints) == []
