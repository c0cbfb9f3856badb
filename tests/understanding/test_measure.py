"""Counting right answers and lost emergencies."""

from anju.understanding import Suggestion, classify, leaf, measure


class Deaf:
    """Hears a dirty corridor in everything."""

    def classify(self, text: str, *, only: frozenset[str] | None = None) -> Suggestion:
        return Suggestion(leaf("CL01"), 1.0)


ROWS = [("楼道脏", "CL01"), ("着火了", "FS01"), ("换灯泡", "IN02"), ("楼道灯", "PE02")]


def test_default_classifier() -> None:
    result = measure(ROWS)
    assert (result.total, result.accuracy, result.lost_emergencies) == (4, 1.0, 0)


def test_another_classifier() -> None:
    result = measure(ROWS, Deaf())
    assert (result.accuracy, result.lost_emergencies) == (0.25, 1)
    lost = [miss for miss in result.misses if miss.lost_emergency]
    assert [(miss.text, miss.wanted, miss.got) for miss in lost] == [("着火了", "FS01", "CL01")]


def test_nothing_asked() -> None:
    assert measure([]).accuracy == 1.0


def test_an_emergency_taken_for_another_is_not_lost() -> None:
    assert classify("快来人着火了").emergency
    assert measure([("快来人着火了", "OR12")]).lost_emergencies == 0
