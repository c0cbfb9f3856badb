"""What is not done in this house, in Python. Each ban says where it holds and what to use instead."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.house.source import DOORS, PACKAGE, Module, everything, nothing, product

CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localtime"}
TIME = {"time.time", "time.time_ns", "time.localtime", "time.gmtime"}
CHANCE = {"random", "uuid"}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")
HTTP = ("django.http", "django.shortcuts", "django.forms", "django.urls", "django.template")
FACING_HTTP = DOORS | {"ui", "settings", "urls", "asgi", "wsgi", "__main__"}
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "gettext_noop"}


def names(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and last two parts of every dotted name, and every name imported."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute):
            yield each.lineno, ".".join(ast.unparse(each).split(".")[-2:])
        elif isinstance(each, ast.ImportFrom):
            yield from ((each.lineno, f"{(each.module or '').split('.')[-1]}.{alias.name}") for alias in each.names)


def imported(module: Module) -> Iterator[tuple[int, str]]:
    """Line and full name of every module imported."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, f"{node.module}"


def calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last part of the name called."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def other_clocks(module: Module) -> Iterator[int]:
    yield from (line for line, name in names(module.tree) if name in CLOCK | TIME)
    yield from (
        call.lineno for call, _name in calls(module) for word in call.keywords if (word.arg or "")[:8] == "auto_now"
    )


def chance(module: Module) -> Iterator[int]:
    yield from (line for line, name in imported(module) if name.split(".")[0] in CHANCE)


def imports_inside(module: Module) -> Iterator[int]:
    for function in module.functions():
        if module.path.name == "apps.py" and function.name == "ready":
            continue
        yield from (node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))


def star_imports(module: Module) -> Iterator[int]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield node.lineno


def drawers(module: Module) -> Iterator[int]:
    if DRAWERS & set(module.path.with_suffix("").parts[-3:]):
        yield 1


def later(module: Module) -> Iterator[int]:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    yield from (
        number for number, line in enumerate(module.text.splitlines(), 1) if any(word in line for word in words)
    )


def managers(module: Module) -> Iterator[int]:
    wanted = {"objects", "_default_manager", "_base_manager"}
    yield from (
        node.lineno for node in ast.walk(module.tree) if isinstance(node, ast.Attribute) and node.attr in wanted
    )


def unescaped(module: Module) -> Iterator[int]:
    yield from (call.lineno for call, name in calls(module) if name in {"mark_safe", "SafeString"})


def raw_sql_of_models(module: Module) -> Iterator[int]:
    yield from (call.lineno for call, name in calls(module) if name in {"raw", "extra", "RawSQL"})


def all_fields(module: Module) -> Iterator[int]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and node.value == "__all__":
            yield node.lineno


def prints(module: Module) -> Iterator[int]:
    if '__name__ == "__main__"' not in module.text:
        yield from (call.lineno for call, name in calls(module) if name == "print")


def signals(module: Module) -> Iterator[int]:
    yield from (line for line, name in imported(module) if name.startswith(SIGNALS))
    yield from (line for line, name in names(module.tree) if name in {"models.signals", "threading.local"})


def requests(module: Module) -> Iterator[int]:
    yield from (line for line, name in imported(module) if name.startswith(HTTP))


def chinese_for_people(module: Module) -> Iterator[int]:
    """Chinese text that is neither marked for translation nor a docstring."""
    fine: set[ast.AST] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            fine.add(node.value)
    for call, name in calls(module):
        if name in TRANSLATES:
            fine |= set(ast.walk(call))
    for node in ast.walk(module.tree):
        if (
            node not in fine
            and isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and is_chinese(node.value)
        ):
            yield node.lineno


def is_chinese(text: str) -> bool:
    """True when the text holds a Chinese character."""
    return any("一" <= char <= "鿿" for char in text)


@dataclass(frozen=True)
class Ban:
    """A search, the modules it holds for, and what to do instead."""

    search: Callable[[Module], Iterator[int]]
    where: Callable[[Module], bool]
    instead: str


def below_doors(module: Module) -> bool:
    return module.room not in FACING_HTTP


def above_core(module: Module) -> bool:
    return module.room != "core"


def doors(module: Module) -> bool:
    return module.room in DOORS


def shown(module: Module) -> bool:
    return module.room in {"desk", "portal", "field", "wall", "ui"}


def other_workbooks(module: Module) -> Iterator[int]:
    yield from (line for line, name in imported(module) if name.split(".")[0] in {"openpyxl", "xlsxwriter", "csv"})


def masks_of_their_own(module: Module) -> Iterator[int]:
    yield from (line for line, name in names(module.tree) if name == "vault.masks" or name.startswith("masks."))


def raw_people(module: Module) -> Iterator[int]:
    wanted = {"reporter_phone", "room_no", "full_code", "phone_of", "value_of", "name_hash"}
    asked = {word for call, name in calls(module) if name in {"show", "look"} for word in call.args}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in wanted and node not in asked:
            yield node.lineno


def writes_files(module: Module) -> bool:
    return module.name not in {"anju.core.sheets", "anju.estate.importing.reading"} and module.room != "understanding"


def for_staff(module: Module) -> bool:
    return module.room in {"desk", "field", "wall", "api"}


def everywhere(_module: Module) -> bool:
    return True


BANS = (
    Ban(other_clocks, above_core, "ask anju.core.clock"),
    Ban(chance, above_core, "use anju.core.ids"),
    Ban(imports_inside, everywhere, "import at the top; a circle shows that a room stands on the wrong floor"),
    Ban(star_imports, everywhere, "name what is imported"),
    Ban(drawers, everywhere, "name the module for what it holds"),
    Ban(later, everywhere, "do it now, or write an issue"),
    Ban(
        managers,
        lambda module: doors(module) and module.path.name != "models.py",
        "call queries and actions of the room",
    ),
    Ban(unescaped, lambda module: module.room != "ui", "use format_html or a component of ui"),
    Ban(raw_sql_of_models, everywhere, "use expressions, or a cursor in queries/ with a reason"),
    Ban(all_fields, everywhere, "name the fields"),
    Ban(prints, lambda module: module.room not in {"cli", "__main__"}, "log, or write to self.stdout"),
    Ban(signals, everywhere, "write a line in the journal; pass the scope"),
    Ban(requests, below_doors, "take a scope; only doors know HTTP"),
    Ban(chinese_for_people, shown, "wrap it in gettext"),
    Ban(other_workbooks, writes_files, "let core.sheets write it: its cells are never formulas"),
    Ban(masks_of_their_own, for_staff, "ask a Sight of vault.policy, which knows who is asking"),
    Ban(raw_people, for_staff, "show what a Sight of vault.policy gives, never the row"),
)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.search.__name__)
def test_nobody_does(ban):
    found = [f"{m.where}:{line}" for m in product() if ban.where(m) for line in sorted(set(ban.search(m)))]
    nothing(found, ban.instead)


def test_bans_also_hold_in_tests_and_tools():
    here = [module for module in everything() if PACKAGE not in module.path.parents]
    found = [f"{m.where}:{line}" for m in here for search in (star_imports, drawers, later) for line in search(m)]
    nothing(found)


def test_a_search_finds_what_it_looks_for():
    text = "from django.http import HttpRequest\ndef f():\n    import uuid\n    from time import time\n    return datetime.now(), print('你'), Ticket.objects\n"
    module = Module(PACKAGE / "desk" / "example.py", text, ast.parse(text))
    hits = {ban.search.__name__ for ban in BANS if list(ban.search(module))}
    assert hits == {"requests", "imports_inside", "chance", "other_clocks", "prints", "managers", "chinese_for_people"}
