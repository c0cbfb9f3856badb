"""Choosing one of the 115 kinds: by words, by code, by what the text suggests; grouped as in the tree."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from anju import understanding
from anju.accounts.choices import Dept
from anju.core import text
from anju.tickets.choices import Type
from anju.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Option:
    """One kind as it stands in a list: its name, who does it and how soon."""

    code: str
    name: str
    prio: str
    about: str
    confidence: int = 0
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of one group of the tree."""

    name: str
    options: Sequence[Option]


def option(leaf: understanding.Leaf, *, confidence: float = 0, checked: bool = False) -> Option:
    """A leaf as a choice: 公共照明不亮　PE02　工程部　4小时内到，24小时办结."""
    parts = [leaf.code, str(Dept(leaf.dept).label)]
    if leaf.arrival_min is not None:
        parts.append(_("%(time)s内到") % {"time": span(leaf.arrival_min)})
    parts.append(_("%(time)s办结") % {"time": span(leaf.resolve_min)})
    return Option(leaf.code, leaf.name, leaf.prio, "　".join(parts), round(confidence * 100), checked)


def span(minutes: int) -> str:
    """30分钟, 4小时, 3天."""
    if minutes < 60:
        return _("%(n)d分钟") % {"n": minutes}
    if minutes < 48 * 60:
        return _("%(n)d小时") % {"n": minutes // 60}
    return _("%(n)d天") % {"n": minutes // 1440}


def tree(find: str = "", chosen: str = "") -> list[Group]:
    """All kinds, or those whose code, name, group or hints hold the words; the chosen one stays in sight."""
    words = text.fold(find)
    groups: dict[str, list[Option]] = {}
    for leaf in understanding.leaves().values():
        if not words or leaf.code == chosen or _matches(leaf, words):
            label = f"{Type(leaf.type).label}　{leaf.group}"
            groups.setdefault(label, []).append(option(leaf, checked=leaf.code == chosen))
    return [Group(name, options) for name, options in groups.items()]


def for_ticket(code: str, wording: str, chosen: object) -> list[Group]:
    """What it is now and what its text may mean, then the whole tree."""
    now = [option(understanding.leaf(code), checked=chosen in ("", None, code))]
    near = [replace(one, checked=one.code == chosen) for one in ranked(understanding.classify(wording))]
    near = [one for one in near if one.code != code]
    told = {code, *(one.code for one in near)}
    first = [Group(_("现在的类别"), now), Group(_("文字里还像"), near)]
    return [one for one in (*first, *_without(tree(chosen=str(chosen or "")), told)) if one.options]


def near(ticket: Ticket) -> list[Option]:
    """What else it may be, at most three: the suspected emergency, the second matter, then what the text is like."""
    like = [one for one in ranked(understanding.classify(ticket.text)) if one.confidence]
    noted = [option(understanding.leaf(code)) for code in (ticket.suspected_leaf, ticket.second_leaf) if code]
    found = {one.code: one for one in [*noted, *like]}
    return [replace(one, checked=False) for code, one in found.items() if code != ticket.leaf_code][:3]


def _without(groups: Sequence[Group], told: set[str]) -> list[Group]:
    return [Group(one.name, [each for each in one.options if each.code not in told]) for one in groups]


def _matches(leaf: understanding.Leaf, words: str) -> bool:
    return any(words in text.fold(part) for part in (leaf.code, leaf.name, leaf.group, *leaf.hints))


def ranked(suggestion: understanding.Suggestion, chosen: str = "") -> list[Option]:
    """The first three kinds a text may mean, each with its share of what spoke for them."""
    total = sum(score for _code, score in suggestion.ranked) or 1
    first = chosen or (suggestion.leaf.code if suggestion.ranked else "")
    shares = {code: score / total for code, score in suggestion.ranked}
    if suggestion.ranked:
        shares[suggestion.leaf.code] = suggestion.confidence
    return [option(understanding.leaf(code), confidence=share, checked=code == first) for code, share in shares.items()]
