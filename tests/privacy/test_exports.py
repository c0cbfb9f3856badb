"""Beyond the limit two others agree; cells are never formulas; who was in it is on record."""

import pytest

from anju.core import sheets
from anju.core.errors import Refused
from anju.estate import actions as estate
from anju.estate.importing import template_workbook
from anju.privacy.actions import exporting
from anju.privacy.actions.chain import Origin
from anju.privacy.models import LogLine
from anju.privacy.queries import exports

HERE = Origin()


def ask(cast, who="钱丽", **more):
    asked = {"kind": "RESIDENTS", "fields": ["room", "name"], "purpose": "核对账单"} | more
    return exporting.request(cast.community, by=cast.scope(who), origin=HERE, **asked)


def test_beyond_the_limit_two_others_agree(cast):
    estate.configure(cast.community, {"privacy.export_rows": 5})
    cast.community.refresh_from_db()
    row = ask(cast)
    assert (row.rows, row.state, exporting.missing(row)) == (6, "REQUESTED", ["TWO"])
    once = exporting.approve(row, by=cast.scope("周强"), origin=HERE)
    assert (once.state, exporting.missing(once)) == ("REQUESTED", ["ONE"])
    with pytest.raises(Refused) as raised:
        exporting.download(once, by=cast.scope("钱丽"))
    assert raised.value.code == "EXPORT_NOT_APPROVED"
    twice = exporting.approve(once, by=cast.scope("林悦"), origin=HERE)
    assert twice.state == "GENERATED"
    assert exporting.download(twice, by=cast.scope("钱丽"))[:4] == b"\xd0\xcf\x11\xe0"


def test_the_limit_itself_needs_nobody(cast):
    estate.configure(cast.community, {"privacy.export_rows": 6})
    cast.community.refresh_from_db()
    assert ask(cast).state == "GENERATED"


def test_rows_are_masked_by_the_table_unless_compliance_agrees(cast):
    row = ask(cast, fields=["room", "name", "phone"])
    scope = cast.scope("钱丽")
    assert ["3-1-1203", "张*", "138****5678"] in [list(one.cells) for one in exports.lines(row, scope)]
    row.full = True
    assert ["3-1-1203", "张伟", "13800005678"] in [list(one.cells) for one in exports.lines(row, scope)]


def test_everybody_in_it_has_a_line(cast):
    ask(cast)
    assert LogLine.objects.filter(kind="EXPORT").count() == 6
    assert set(LogLine.objects.values_list("field", flat=True)) == {"room,name"}


def test_a_list_of_tickets_has_masked_texts(cast):
    cast.report("漏水，电话13800005678")
    row = ask(cast, kind="TICKETS", fields=["no", "text", "name"])
    (line,) = exports.lines(row, cast.scope("钱丽"))
    assert line.cells[1:] == ["漏水，电话138****5678", "张*"]


@pytest.mark.parametrize("bad", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_no_cell_is_a_formula(bad):
    assert sheets.neutral(bad) == f"'{bad}"


def test_every_workbook_of_the_house_is_written_in_one_place():
    assert template_workbook()[:2] == b"PK"
