"""The month grid, publishing, handover sheets and files, as a browser sees them."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from anju.accounts import actions as accounts
from anju.core.scope import SYSTEM
from anju.desk.roster import files
from anju.duty.models import Handover, Turn
from anju.lab import rota
from tests.desk.conftest import logged_in
from tests.duty.conftest import FIRST, LAST, Teams


@pytest.fixture
def teams(db: None) -> Teams:
    cast = Teams()
    rota.draft(cast.garden, FIRST, LAST)
    return cast


def enter(teams: Teams, name: str) -> Client:
    return logged_in(teams.garden.staff[name])


def page(client: Client) -> str:
    return client.get("/desk/roster/?m=2026-03").content.decode()


def test_a_hole_is_red_and_locks_publishing(teams: Teams):
    hr = enter(teams, "韩梅")
    assert "没有缺口，可以发布" in page(hr)
    turn = teams.turn(teams.who("electric", "夜", 20), 20)
    cell = f"{turn.post_id}:{turn.staff_id}:2026-03-20"
    hr.post("/desk/roster/cells/", {"m": "2026-03", "brush": "", "cell": [cell]})
    html = page(hr)
    assert "03-21 00:00–08:00 没有值班电工" in html
    assert '<td class="gap">缺夜</td>' in html
    answer = hr.post("/desk/roster/publication/", {"m": "2026-03"}, follow=True)
    assert "还有1处缺口，补完才能发布" in answer.content.decode()
    hr.post("/desk/roster/cells/", {"m": "2026-03", "brush": "夜", "cell": [cell]})
    hr.post("/desk/roster/publication/", {"m": "2026-03"})
    assert set(Turn.objects.values_list("state", flat=True)) == {"PUBLISHED"}


def test_many_cells_are_painted_at_once(teams: Teams):
    post = teams.turn(teams.who("guard", "早", 18), 18).post_id
    staff = teams.garden.staff["蔡姐"].id
    cells = [f"{post}:{staff}:2026-03-{day}" for day in (17, 18, 19)]
    enter(teams, "韩梅").post("/desk/roster/cells/", {"m": "2026-03", "brush": "早", "cell": [*cells, "x:y:z"]})
    assert Turn.objects.filter(staff=staff, shift__code="早").count() == 3


def test_a_pattern_is_laid_over_people(teams: Teams):
    given = {
        "m": "2026-04",
        "pattern": "行政班",
        "post": "guard",
        "people": "蔡姐",
        "first": "2026-04-01",
        "last": "2026-04-30",
    }
    enter(teams, "韩梅").post("/desk/roster/turns/", given)
    assert Turn.objects.filter(staff__name="蔡姐").count() == 22
    answer = enter(teams, "韩梅").post("/desk/roster/turns/", given | {"people": "某人"}, follow=True)
    assert "班组里有人不在本小区" in answer.content.decode()


def test_who_does_not_plan_sees_no_buttons_and_changes_nothing(teams: Teams):
    agent = enter(teams, "李敏")
    assert 'name="cell"' not in page(agent)
    assert agent.post("/desk/roster/cells/", {"m": "2026-03"}).status_code == 403


def test_the_number_of_queries_does_not_grow_with_people(teams: Teams, django_assert_max_num_queries):
    hr = enter(teams, "韩梅")
    page(hr)
    with django_assert_max_num_queries(22):
        page(hr)


def test_a_workbook_in_which_nothing_runs(teams: Teams):
    staff = teams.garden.staff["孙涛"]
    staff.name = "=1+1"
    staff.save()
    content = enter(teams, "韩梅").get("/desk/roster/workbook/?m=2026-03").content
    cells = [cell.value for row in load_workbook(io.BytesIO(content)).active for cell in row]
    assert "'=1+1" in cells
    assert "=1+1" not in cells


def test_a_calendar_of_ones_own(teams: Teams):
    rota.publish(teams.garden, FIRST, LAST)
    staff = teams.garden.staff["陈师傅"]
    url = reverse("desk:calendar", args=[files.token_of(staff)])
    events = Calendar.from_ical(Client().get(url).content).walk("VEVENT")
    mine = Turn.objects.filter(staff=staff).order_by("begin_at")
    assert [event["DTSTART"].dt for event in events] == [turn.begin_at for turn in mine]
    assert {str(event["SUMMARY"]).split()[1] for event in events} == {"值班水工"}
    assert Client().get(url.replace(".ics", "0.ics")).status_code == 404
    accounts.set_password(staff, "another-2026", by=SYSTEM)
    assert Client().get(url).status_code == 404


def test_a_sheet_from_open_to_taken_over(teams: Teams):
    rota.publish(teams.garden, FIRST, LAST)
    teams.at("03-18 07:50")
    first, second = teams.who("guard", "早", 18), teams.who("guard", "中", 18)
    mine = teams.turn(first, 18)
    leader = enter(teams, "周强")
    leader.post(f"/desk/turns/{mine.id}/check-in/")
    teams.report("地库车库顶滴水", who=first, place="G-B1")
    teams.at("03-18 15:50")
    out, leader = enter(teams, first), enter(teams, "周强")  # nobody has used the login of the morning for hours
    assert out.post("/desk/handovers/new/", {"turn": mine.id}).status_code in (302, 403)
    leader.post("/desk/handovers/new/", {"turn": mine.id})
    sheet = Handover.objects.get()
    leader.post(f"/desk/handovers/{sheet.id}/lines/", {"title": "北门钥匙3把"})
    leader.post(f"/desk/handovers/{sheet.id}/decision/", {"step": "submit"})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.to_turn.staff.name) == ("SUBMITTED", second)
    html = leader.get(f"/desk/handovers/{sheet.id}/").content.decode()
    assert "北门钥匙3把" in html
    assert leader.post(f"/desk/handovers/{sheet.id}/decision/", {"step": "vanish"}).status_code == 404
    leader.post(f"/desk/handovers/{sheet.id}/decision/", {"step": "accept"})
    sheet.refresh_from_db()
    assert sheet.state == "ACCEPTED"


def test_the_board_names_posts_and_who_is_missing(teams: Teams):
    rota.publish(teams.garden, FIRST, LAST)
    teams.at("03-18 08:20")
    html = enter(teams, "周强").get("/desk/shift/").content.decode()
    assert "值班水工" in html
    absent = Turn.objects.get(post__code="water", shift__code="早", day=date(2026, 3, 18))
    enter(teams, "周强").post(f"/desk/turns/{absent.id}/stand-in/", {"to": "蔡姐"})
    assert Turn.objects.get(instead_of=absent).staff.name == "蔡姐"
