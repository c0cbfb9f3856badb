"""One line about the office."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass

from django.db import DatabaseError
from django.utils.translation import gettext as _

OK, NOTE, BAD = "ok", "note", "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer: ok, note (good to know) or bad, and what to do about it."""

    name: str
    state: str
    says: str
    mend: str = ""

    def plain(self) -> dict[str, str]:
        return asdict(self)


Check = Callable[[], Finding]


def judge(name: str, good: bool, says: str, wrong: str, mend: str) -> Finding:
    """Ok with what it says, or bad with what is wrong and how to mend it."""
    return Finding(name, OK, says) if good else Finding(name, BAD, wrong, mend)


def safely(check: Check) -> Finding:
    """A check that itself breaks is a finding, not a traceback."""
    try:
        return check()
    except (DatabaseError, OSError) as error:
        words = " ".join(str(error).split())
        return Finding(check.__doc__ or check.__name__, BAD, words, _("检查 ANJU_DATABASE_URL 和数据库服务"))


def all_of(checks: Iterable[Check]) -> Iterator[Finding]:
    """The findings of these checks, in order."""
    return (safely(check) for check in checks)
