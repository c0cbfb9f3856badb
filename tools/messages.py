"""Message catalogues: source strings are Chinese, in Python and templates; the English catalogue translates each one.

`update` rewrites the catalogue (bin/messages), `compile` makes the binary one that Django reads (bin/setup), and
`problems` is what tests/house asks. Written in Python so that nobody needs the gettext programs.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "anju"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

# name of the function -> positions of context, message, plural
_MARKERS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_CALL = re.compile(r"\b(_|n?p?gettext)\((?=\s*u?['\"])")
_HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True, slots=True)
class Message:
    """A string that a person may read, as the code marks it."""

    text: str
    context: str | None = None
    plural: str | None = None


def found(package: Path = PACKAGE) -> dict[Message, list[str]]:
    """Every marked string of the package with the files that use it. Raises ValueError for one that cannot be read."""
    messages: dict[Message, set[str]] = {}
    for file in sorted(package.rglob("*")):
        if file.suffix in {".py", ".html", ".txt"} and "migrations" not in file.parts:
            name = str(file.relative_to(package))
            for message in _in_file(file, name):
                messages.setdefault(message, set()).add(name)
    return {message: sorted(files) for message, files in messages.items()}


def _in_file(file: Path, name: str) -> Iterator[Message]:
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        yield from _in_python(source, name)
    elif "templates" in file.parts:
        yield from _in_template(source, name)


def _in_python(source: str, name: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            marker = _MARKERS.get(function.removesuffix("_lazy").removesuffix("_noop"))
            if marker:
                yield from _message(node, marker, f"{name}:{node.lineno}")


def _message(call: ast.Call, marker: tuple[int | None, int, int | None], where: str) -> Iterator[Message]:
    context_at, text_at, plural_at = marker
    arguments = dict(enumerate(call.args))
    if isinstance(arguments.get(text_at), ast.JoinedStr):
        raise ValueError(f"{where}: an f-string cannot be translated; use % or format with names")
    text = _literal(arguments.get(text_at))
    if text:
        context = None if context_at is None else _literal(arguments.get(context_at))
        yield Message(text, context, None if plural_at is None else _literal(arguments.get(plural_at)))


def _literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _in_template(source: str, name: str) -> Iterator[Message]:
    """Django turns a template into something with the same calls that Python code has."""
    marked = templatize(source, origin=name)
    for hit in _CALL.finditer(marked):
        call = _parse_call(marked, hit.start())
        if call is not None:
            yield from _message(call, _MARKERS[hit[1]], name)


def _parse_call(text: str, start: int) -> ast.Call | None:
    """The call that begins at `start`: the shortest prefix up to a bracket that is Python."""
    for end in (bracket.end() for bracket in re.finditer(r"\)", text[start:])):
        try:
            node = ast.parse(text[start : start + end], mode="eval").body
        except SyntaxError:
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgctxt, entry.msgid_plural or None)


def problems(catalogue: Path = CATALOGUE, package: Path = PACKAGE) -> list[str]:
    """What keeps the catalogue from being complete: missing, empty, unused, or with other placeholders; [] is well."""
    wanted = found(package)
    entries = {_key(entry): entry for entry in polib.pofile(str(catalogue)) if not entry.obsolete}
    bad = [
        f"missing (run bin/messages): {message.text!r} in {wanted[message][0]}" for message in wanted.keys() - entries
    ]
    bad += [f"not used any more (run bin/messages): {message.text!r}" for message in entries.keys() - wanted]
    bad += filter(None, map(_problem, entries.values()))
    return sorted(bad)


def _problem(entry: polib.POEntry) -> str:
    translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if entry.fuzzy or not all(translations):
        return f"no English yet: {entry.msgid!r}"
    if any(set(_HOLE.findall(each)) != set(_HOLE.findall(entry.msgid)) for each in translations):
        return f"placeholders differ: {entry.msgid!r} -> {translations}"
    return ""


def update(catalogue: Path = CATALOGUE, package: Path = PACKAGE) -> int:
    """Rewrite the catalogue for the strings in use, keeping what is translated; returns how many are empty."""
    old = {_key(entry): entry for entry in polib.pofile(str(catalogue))} if catalogue.exists() else {}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message, files in sorted(found(package).items(), key=lambda item: (item[1][0], item[0].text)):
        fresh.append(_entry(message, files, old.get(message)))
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(catalogue))
    return sum(not entry.translated() for entry in fresh)


def _entry(message: Message, files: list[str], before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context, occurrences=[(name, "") for name in files])
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = before.msgstr_plural if before else {0: "", 1: ""}
    elif before:
        entry.msgstr = before.msgstr
    return entry


def compile_all(package: Path = PACKAGE) -> None:
    """Make each catalogue's binary form, where it is older than its source."""
    for source in package.glob("locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def main(words: list[str]) -> int:
    """`update` or `compile`."""
    if words == ["update"]:
        empty = update()
        compile_all()
        sys.stdout.write(f"{CATALOGUE.name}: {empty} without English\n")
    elif words == ["compile"]:
        compile_all()
    else:
        sys.stderr.write("usage: tools.messages update|compile\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
