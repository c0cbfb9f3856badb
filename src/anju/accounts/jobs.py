"""The jobs of an office: department, roles and skills in one word, as a manager hires. A job is where somebody begins;
what he is in a community stands in his membership and may be changed there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from anju import understanding

ELECTRIC = ("PE", "EL", "AC", "FS03", "PW08", "IN01", "IN02", "IN09", "IN10", "IN12", "NS03", "PK03", "FE03")
WATER = ("PW", "IN03", "IN04", "IN05", "IN06", "IN08", "IN09", "IN12", "ST02", "NS03", "FE03")
BUILDING = ("ST", "IN07", "IN11", "PK03", "AC01", "AC02", "FS03")
GUARD = ("*SEC", "NS02", "OR10", "OR11", "OR15", "SV09")


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody is hired as. `kinds` are prefixes of leaf codes, *SEC every leaf that this department leads."""

    label: Any
    dept: str
    roles: tuple[str, ...]
    kinds: tuple[str, ...] = ()

    @property
    def skills(self) -> list[str]:
        """The leaf codes he can be sent to."""
        return sorted(skills(self.kinds))


JOBS: Mapping[str, Job] = {
    "agent": Job(_("客服专员"), "CS", ("CS",)),
    "head-agent": Job(_("客服主管"), "CS", ("CSS",)),
    "night-agent": Job(_("夜间外包坐席"), "CS", ("OUT",)),
    "electrician": Job(_("电工"), "ENG", ("WK",), ELECTRIC + BUILDING),
    "plumber": Job(_("水暖工"), "ENG", ("WK",), WATER + BUILDING),
    "repairer": Job(_("综合维修工"), "ENG", ("WK",), ("*ENG", "*GRN")),
    "head-engineer": Job(_("工程主管"), "ENG", ("SUP",)),
    "guard": Job(_("秩序员"), "SEC", ("WK",), GUARD),
    "head-guard": Job(_("秩序主管兼值班经理"), "SEC", ("SUP", "DM")),
    "cleaner": Job(_("保洁绿化员"), "CLN", ("WK",), ("*CLN", "*GRN")),
    "lift-firm": Job(_("电梯维保单位"), "EXT", ("VEND",), ("EL",)),
    "manager": Job(_("项目经理"), "PM", ("PM",)),
    "duty-manager": Job(_("值班经理"), "PM", ("DM",)),
    "finance": Job(_("财务"), "FIN", ("FIN",)),
    "quality": Job(_("品质专员"), "QLT", ("QLT",)),
    "compliance": Job(_("合规专员"), "COMP", ("COMP",)),
    "personnel": Job(_("人事"), "HR", ("HR",)),
}


def skills(kinds: Iterable[str]) -> set[str]:
    """Leaf codes by prefix; *SEC stands for every leaf that department leads."""
    return {
        code
        for code, leaf in understanding.leaves().items()
        if any(code.startswith(one) or (one.startswith("*") and leaf.dept == one[1:]) for one in kinds)
    }


@cache
def _by_skills() -> Mapping[frozenset[str], str]:
    return {frozenset(job.skills): key for key, job in JOBS.items() if job.kinds}


def of(held: Iterable[str]) -> str:
    """The job whose skills these are, "" when they are of no job."""
    return _by_skills().get(frozenset(held), "")
