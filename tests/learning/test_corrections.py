"""What an agent corrects is kept, masked, once per ticket; what a person had chosen is no lesson."""

from anju.core.scope import SYSTEM
from anju.learning import queries
from anju.learning.models import Correction
from anju.understanding.model import present
from tests.cast import Cast


def test_a_correction_is_kept_masked(cast: Cast) -> None:
    ticket = cast.report("厨房水龙头一直滴漏，电话13800005678，3-1-1203")
    assert (ticket.leaf_code, ticket.leaf_model) == ("IN04", present().version)
    sure = ticket.leaf_conf
    cast.do("accept", ticket, "李敏", leaf="PW03")
    cast.at("09:30")
    row = Correction.objects.get()
    assert (row.before, row.after, row.model, row.confidence) == ("IN04", "PW03", present().version, sure)
    assert row.text == "厨房水龙头一直滴漏，电话138****5678，**03"


def test_the_last_word_counts_and_the_first_suggestion(cast: Cast) -> None:
    ticket = cast.report("厨房水龙头一直滴漏")
    cast.do("classify", ticket, "李敏", leaf="PW03")
    cast.do("classify", ticket, "李敏", leaf="IN06")
    cast.at("09:30")
    assert [(row.before, row.after) for row in Correction.objects.all()] == [("IN04", "IN06")]
    assert list(queries.lessons(SYSTEM)) == [("厨房水龙头一直滴漏", "IN06")]


def test_no_lesson_without_a_suggestion(cast: Cast) -> None:
    ticket = cast.report("厨房水龙头一直滴漏", leaf="PW03")
    assert ticket.leaf_source == "MANUAL"
    cast.do("classify", ticket, "李敏", leaf="IN06")
    cast.at("09:30")
    assert not Correction.objects.exists()


def test_months_and_pairs(cast: Cast) -> None:
    cast.do("accept", cast.report("楼道灯坏了"), "李敏")
    cast.do("accept", cast.report("厨房水龙头一直滴漏"), "李敏", leaf="IN03")
    cast.report("马桶堵了")  # nobody has looked at it yet
    cast.at("09:30")
    (month,) = queries.months(SYSTEM)
    assert (month.month, month.suggested, month.corrected, month.missed, month.alarms) == ("2026-03", 2, 1, 1, 0)
    assert month.accuracy == 0.5
    assert queries.pairs(SYSTEM) == [(("IN04", "IN03"), 1)]


def test_only_the_office_as_a_whole_reads_them(cast: Cast) -> None:
    cast.do("accept", cast.report("厨房水龙头一直滴漏"), "李敏", leaf="PW03")
    cast.at("09:30")
    assert list(queries.corrections(cast.scope("李敏"))) == []
