"""Chapters of the manual as pages, and the sections in which words are found."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from markdown_it.token import Token

from anju.accounts.access import allowed
from anju.core.scope import Scope
from anju.ui import prose


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of the manual and for whom it is; `permission` makes it somebody's own."""

    slug: str
    title: str | Promise
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it; `text` is what words are looked for in."""

    html: SafeString
    text: str


CHAPTERS = (
    Chapter("lead", _("主管、项目经理"), "duty.plan"),
    Chapter("desk", _("客服"), "desk.see"),
    Chapter("night", _("夜间接听"), "night.see"),
    Chapter("field", _("维修师傅"), "field.see"),
    Chapter("admin", _("管理员"), "accounts.manage"),
    Chapter("resident", _("业主")),
)
"""The first that is the reader's own is opened."""


def chapters(scope: Scope) -> list[Chapter]:
    """What somebody may read: his own first, then the others'; residents read theirs."""
    if not scope.is_staff:
        return [CHAPTERS[-1]]
    return sorted(CHAPTERS, key=lambda one: not (one.permission and allowed(scope, one.permission)))


@cache
def sections(slug: str) -> Sequence[Section]:
    """A chapter by its headings, the title with what stands before them first. Raises FileNotFoundError."""
    text = (Path(settings.ANJU_MANUAL) / f"{slug}.md").read_text(encoding="utf-8")
    parts: list[list[Token]] = [[]]
    for token in prose.parse(text):
        if token.type == "heading_open" and token.tag == "h2":
            parts.append([])
        parts[-1].append(token)
    return [_section(part) for part in parts]


def found(readable: Sequence[Chapter], words: str) -> list[tuple[Chapter, Section]]:
    """Sections that hold all the words, chapter by chapter."""
    wanted = words.lower().split()
    return [
        (chapter, section)
        for chapter in readable
        for section in sections(chapter.slug)
        if all(word in section.text for word in wanted)
    ]


def _section(tokens: Sequence[Token]) -> Section:
    inner = [child for token in tokens for child in token.children or ()]
    text = " ".join(one.content for one in inner if one.type in ("text", "code_inline")).lower()
    for one in inner:
        _lead(one)
    return Section(prose.render(tokens), text)


def _lead(token: Token) -> None:
    """Pictures come from the static files, other chapters are pages; whatever else the file names stays in the repository."""
    if token.type == "image":
        token.attrSet("src", static(f"manual/{Path(str(token.attrGet('src'))).name}"))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open" and str(token.attrGet("href")).endswith(".md"):
        token.attrSet("href", reverse("desk:chapter", args=[Path(str(token.attrGet("href"))).stem]))
