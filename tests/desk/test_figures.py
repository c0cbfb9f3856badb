"""The page of figures: counts beside every share, charts with their numbers, a constant number of questions."""

import io
import re

import pytest
from openpyxl import load_workbook

from anju.core import clock
from anju.desk.figures.pages import Shown
from anju.feedback import actions as feedback
from anju.tickets.queries import Rate
from tests.cast import Cast
from tests.desk.conftest import Enter


def page(enter: Enter, url: str) -> str:
    answer = enter("赵静").get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("span", "days"), [("today", 24), ("week", 7)])
def test_a_day_has_hours_and_a_week_has_days(cast: Cast, enter: Enter, span: str, days: int):
    cast.report()
    html = page(enter, f"/desk/figures/?span={span}")
    chart = re.search(r'<figure class="chart columns">.*?</figure>', html, re.DOTALL)
    assert chart
    assert len(re.findall(r'<rect class="(?:bar|now)"', chart[0])) == days
    assert len(re.findall(r'<rect class="now"', chart[0])) == 1
    assert 'aria-current="true">' + {"today": "今日", "week": "本周"}[span] in html


def test_shares_come_with_their_counts_and_too_few_say_so(cast: Cast, enter: Enter):
    cast.freeze("accept", "dispatch")
    for text in ("水龙头滴漏", "门锁坏了", "灯不亮", "马桶堵了", "窗户漏雨"):
        ticket = cast.report(text)
        cast.do("accept", ticket, "李敏")
    cast.at("09:20")
    html = page(enter, "/desk/figures/")
    row = re.search(r"15分钟响应率</td>(.*?)</tr>", html)
    assert row
    assert "100.0%" in row[1]
    assert "5/5" in row[1]
    assert "样本不足" in re.search(r"30分钟到场率</td>(.*?)</tr>", html)[1]
    assert "工程部" in html


def test_stars_are_counted_by_star(cast: Cast, enter: Enter):
    ticket = cast.in_progress()
    cast.do("finish", ticket, "陈师傅", result="更换阀芯1个，试压合格", photos=[cast.photo()])
    cast.do("confirm", ticket, "张伟")
    feedback.rate(ticket, stars=4, by=cast.scope("张伟"))
    shown = Shown(cast.scope("赵静"), cast.community, "today")
    assert [(part.label, part.value) for part in shown.stars] == [
        ("5星", 0),
        ("4星", 1),
        ("3星", 0),
        ("2星", 0),
        ("1星", 0),
    ]
    assert shown.liked == Rate(1, 1)


def test_deadlines_ahead_stand_on_a_line_of_hours(cast: Cast):
    cast.freeze("accept", "dispatch")
    cast.report()
    shown = Shown(cast.scope("赵静"), cast.community, "today")
    begin, end, marks, ticks = shown.ahead
    assert (begin, end) == (clock.now(), clock.now() + clock.iso_duration("PT4H"))
    assert [mark.label for mark in marks] == ["09:15 龙头/阀门/软管滴漏"]
    assert [words for _at, words in ticks] == ["10:00", "11:00", "12:00", "13:00"]


def test_another_week_is_no_question_more(cast: Cast, enter: Enter, django_assert_max_num_queries):
    client = enter("赵静")
    client.get("/desk/figures/")
    with django_assert_max_num_queries(30) as today:
        client.get("/desk/figures/")
    with django_assert_max_num_queries(len(today)):
        client.get("/desk/figures/?span=week")


def test_figures_are_taken_away_as_a_workbook(cast: Cast, enter: Enter):
    cast.report()
    answer = enter("赵静").get("/desk/figures/workbook/?span=week")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures-2026-03-02.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["指标", "比例", "达成", "总数", "上期达成", "上期总数"]
    assert ["3-2", 1, 0] in rows
    assert ["工程部", 0, 0, 1, 0] in rows
