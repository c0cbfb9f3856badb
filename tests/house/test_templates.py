"""What is not done in templates: nothing unescaped, nothing inline that a strict content policy refuses, no bare Chinese."""

import re

import pytest

from tests.house.source import nothing, templates
from tests.house.test_bans import is_chinese

BANS = {
    "unescaped": (r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b", "show text as text"),
    "inline style": (r"\sstyle\s*=|<style\b", "use a class of a component"),
    "inline script": (r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", "use a file in static/"),
    "inline handler": (r"<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*=", "use a data- attribute and a file in static/"),
    "script address": (r"javascript:", "use a button"),
    "foreign address": (r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", "serve it ourselves"),
}
_MARKED = re.compile(
    r"{%\s*(?:block)?trans(?:late)?\b[^%]*%}(?:.*?{%\s*endblock(?:trans|translate)\s*%})?"
    r"|{%\s*comment\b.*?endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->",
    re.DOTALL,
)
_MARKED_BLOCK = re.compile(r"{%\s*block(trans|translate)\b.*?{%\s*endblock\1\s*%}", re.DOTALL)


@pytest.mark.parametrize("ban", BANS)
def test_no_template_has(ban):
    pattern, instead = BANS[ban]
    found = [
        f"{where}:{text.count(chr(10), 0, hit.start()) + 1}"
        for where, text in templates().items()
        for hit in re.finditer(pattern, text)
    ]
    nothing(found, instead)


def test_every_chinese_word_is_marked_for_translation():
    bare = []
    for where, text in templates().items():
        rest = _MARKED.sub("", _MARKED_BLOCK.sub("", text))
        bare += [f"{where}: {line.strip()[:60]}" for line in rest.splitlines() if is_chinese(line)]
    nothing(bare)
