"""Our own Markdown as HTML: chapters of the manual, never what somebody typed."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def parse(text: str) -> list[Token]:
    """The pieces of a text; HTML in it stays text."""
    return _MARKDOWN.parse(text)


def render(tokens: Sequence[Token]) -> SafeString:
    """Pieces as HTML, with everything escaped that is no Markdown."""
    return SafeString(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
