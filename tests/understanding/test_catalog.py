"""The classification tree as Appendix A.1 gives it."""

import pytest

from anju.understanding import emergencies, leaf, leaves
from anju.understanding.catalog import UNKNOWN, short
from anju.understanding.tables import parse

DEPARTMENTS = {"CS", "ENG", "SEC", "CLN", "GRN", "FIN", "QLT", "COMP", "HR", "PM", "EXT"}


def test_tree_has_115_leaves_in_file_order() -> None:
    tree = list(leaves().values())
    assert len(tree) == 115
    assert [one.order for one in tree] == list(range(115))
    assert (tree[0].code, tree[-1].code) == ("PE01", UNKNOWN)


def test_tree_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        leaves()["PE01"] = leaf("PE02")  # type: ignore[index]
    with pytest.raises(AttributeError):
        leaf("PE01").prio = "P3"  # type: ignore[misc]


def test_a_leaf_with_every_column() -> None:
    one = leaf("EL01")
    assert (one.type, one.group, one.name, one.short) == ("RP", "电梯", "电梯困人", "电梯困人")
    assert (one.dept, one.co, one.prio, one.emergency) == ("ENG", ("SEC", "CS", "EXT"), "P0", True)
    assert (one.response_min, one.arrival_min, one.resolve_min) == (3, 10, 30)
    assert one.hints[:2] == ("困在电梯", "电梯困人")
    assert one.hints[-1] == "!无人被困"
    assert not one.paid
    assert not one.office


def test_a_leaf_without_visit_co_departments_or_hints() -> None:
    assert leaf("FE01").arrival_min is None
    assert leaf("FE01").office
    assert leaf("PE02").co == ()
    assert leaf(UNKNOWN).hints == ()


def test_unknown_code() -> None:
    with pytest.raises(KeyError):
        leaf("XX00")


def test_the_18_emergencies_are_exactly_the_p0_leaves() -> None:
    assert emergencies() == {code for code, one in leaves().items() if one.prio == "P0"}
    assert len(emergencies()) == 18


def test_minutes_follow_the_seed() -> None:
    for one in leaves().values():
        assert one.response_min == (3 if one.prio == "P0" else 15), one.code
        assert one.resolve_min >= (one.arrival_min or 0), one.code
        # An animal bite, a missing person and a crowd are given more time than the seed's 30 minutes to be settled.
        assert one.prio != "P0" or one.arrival_min in (5, 10, 30), one.code


def test_departments_are_known() -> None:
    assert {dept for one in leaves().values() for dept in (one.dept, *one.co)} <= DEPARTMENTS


def test_paid_leaves() -> None:
    paid = {code for code, one in leaves().items() if one.paid}
    assert paid == {f"IN{number:02}" for number in range(1, 13)} | {"OR14"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("电梯困人", "电梯困人"),
        ("公共区域停电(楼栋/单元/小区)", "公共区域停电"),
        ("公共管道/阀门渗漏", "公共管道/阀门渗漏"),
        ("被锁门外/儿童反锁/开锁", "被锁门外/儿童反锁/开锁"),
        ("门禁卡/人脸/蓝牙开通与补卡", "门禁卡/人脸等"),
        ("业主信息变更/产权变更/租客登记", "业主信息变更/产权变更等"),
        ("一二三四五六七八九十一二/三", "一二三四五六七八九十一等"),
        ("一二三四五六七八九十一二三", "一二三四五六七八九十一等"),
    ],
)
def test_short_name(name: str, wanted: str) -> None:
    assert short(name) == wanted


def test_short_names_fit_a_message() -> None:
    for one in leaves().values():
        assert 0 < len(one.short) <= 12, one.code
        assert not set(one.short) & set("()（）【】[]¥★※①㎡%"), one.code


def test_short_names_are_told_apart() -> None:
    names = [one.short for one in leaves().values()]
    assert len(set(names)) == len(names)


def test_a_torn_table_is_refused() -> None:
    assert parse("a|b\n1|2\n\n3|4\n") == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    with pytest.raises(ValueError, match="shorter"):
        parse("a|b\n1")
