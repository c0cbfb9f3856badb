"""Rules of our own, where a linter's are too coarse: each is a search over the syntax, and each must find its example.

The scan fails when it has looked at nothing. ruff's S (bandit's rules) runs beside it with every lint.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.house.source import PACKAGE, Module, nothing, product
from tests.house.test_bans import calls, imported

LEAST_MODULES = 400
SHELL = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "commands.getoutput"}
LOADS = {"pickle", "cPickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}
NETWORK = {"requests", "httpx", "urllib3", "aiohttp", "http.client", "urllib.request", "ftplib", "smtplib", "telnetlib"}
WEAK = {"md5", "sha1", "new"}


def shells(module: Module) -> Iterator[int]:
    for call, _name in calls(module):
        shell = any(word.arg == "shell" and getattr(word.value, "value", True) for word in call.keywords)
        if shell or ast.unparse(call.func) in SHELL:
            yield call.lineno


def loads(module: Module) -> Iterator[int]:
    yield from (line for line, name in imported(module) if name.split(".")[0] in LOADS)


def evaluates(module: Module) -> Iterator[int]:
    yield from (
        call.lineno
        for call, name in calls(module)
        if isinstance(call.func, ast.Name) and name in {"eval", "exec", "compile"}
    )


def parses_xml(module: Module) -> Iterator[int]:
    wrong = ("xml.etree", "xml.sax", "xml.dom", "lxml", "xml.parsers")
    yield from (line for line, name in imported(module) if name.startswith(wrong))


def goes_out(module: Module) -> Iterator[int]:
    yield from (line for line, name in imported(module) if name in NETWORK or name.split(".")[0] in NETWORK)


def weak_digests(module: Module) -> Iterator[int]:
    yield from (
        call.lineno for call, _name in calls(module) if ast.unparse(call.func) in {f"hashlib.{one}" for one in WEAK}
    )


def formats(module: Module) -> Iterator[int]:
    """A pattern that is not written in the code could name attributes: `{0.__class__}`."""
    for call, name in calls(module):
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        fine = owner is None or isinstance(owner, ast.Constant) or ast.unparse(owner) in {"dateformat", "super()"}
        if name == "format" and not fine:
            yield call.lineno


def patterns(module: Module) -> Iterator[int]:
    """A regular expression from outside, unless what is put in is escaped."""
    for call, name in calls(module):
        owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        if owner == "re" and name in {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}:
            raw = [one for one in ast.walk(call.args[0]) if isinstance(one, ast.FormattedValue)]
            if any(
                "escape" not in ast.unparse(one.value)
                and not ast.unparse(one.value).isupper()
                and not ast.unparse(one.value).startswith("_")
                for one in raw
            ):
                yield call.lineno


def unverified(module: Module) -> Iterator[int]:
    for call, name in calls(module):
        if name == "_create_unverified_context" or any(
            word.arg in {"verify", "check_hostname"} and getattr(word.value, "value", True) is False
            for word in call.keywords
        ):
            yield call.lineno


def exempt(module: Module) -> Iterator[int]:
    yield from (
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).endswith("csrf_exempt")
    )


def temporary(module: Module) -> Iterator[int]:
    yield from (call.lineno for call, _name in calls(module) if ast.unparse(call.func) == "tempfile.mktemp")


def logs_secrets(module: Module) -> Iterator[int]:
    for call, name in calls(module):
        if name in {"debug", "info", "warning", "error", "exception"} and ast.unparse(call.func).startswith(
            ("log.", "logger.")
        ):
            words = {getattr(one, "attr", getattr(one, "id", "")) for arg in call.args[1:] for one in ast.walk(arg)}
            if words & {"password", "secret", "token", "totp", "phone", "openid", "id_no"}:
                yield call.lineno


def compares_secrets(module: Module) -> Iterator[int]:
    """`==` on a digest or a signature tells by its time how much is right."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Compare) and any(isinstance(one, ast.Eq | ast.NotEq) for one in node.ops):
            sides = [ast.unparse(one) for one in (node.left, *node.comparators)]
            if any(side.split(".")[-1] in {"signature", "hmac", "mac"} for side in sides):
                yield node.lineno


def redirects(module: Module) -> Iterator[int]:
    """A redirect to what the request says, other than through `safe_next`."""
    for call, name in calls(module):
        if name in {"HttpResponseRedirect", "redirect"} and call.args:
            target = ast.unparse(call.args[0])
            if ("request.GET" in target or "request.POST" in target) and "safe_next" not in target:
                yield call.lineno


def widgets_of_models(module: Module) -> Iterator[int]:
    """A form made from a table would take columns that nobody named."""
    yield from (
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and "ModelForm" in "".join(ast.unparse(one) for one in node.bases)
    )


@dataclass(frozen=True)
class Rule:
    """A search, an example it must find, and the modules that are its one home."""

    search: Callable[[Module], Iterator[int]]
    example: str
    homes: tuple[str, ...] = ()


RULES = (
    Rule(shells, "subprocess.run(x, shell=True)\n"),
    Rule(loads, "import pickle\n"),
    Rule(evaluates, "eval(x)\n"),
    Rule(parses_xml, "import xml.etree.ElementTree\n", ("anju.estate.importing.inspecting",)),
    Rule(goes_out, "import requests\n", ("anju.channels.egress",)),
    Rule(weak_digests, "hashlib.md5(x)\n"),
    Rule(formats, "x.format(y)\n", ("anju.lab.demo.reports",)),
    Rule(patterns, "re.search(f'a{x}', y)\n"),
    Rule(unverified, "get(url, verify=False)\n"),
    Rule(exempt, "@csrf_exempt\ndef f(): ...\n", ("anju.lab.calls",)),
    Rule(temporary, "tempfile.mktemp()\n"),
    Rule(logs_secrets, "log.info('%s', staff.password)\n"),
    Rule(compares_secrets, "row.signature == x\n"),
    Rule(redirects, "HttpResponseRedirect(request.GET['next'])\n"),
    Rule(widgets_of_models, "class F(forms.ModelForm): ...\n"),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.search.__name__)
def test_nobody_does(rule):
    modules = product()
    assert len(modules) >= LEAST_MODULES, "nothing was scanned"
    nothing([f"{one.where}:{line}" for one in modules if one.name not in rule.homes for line in rule.search(one)])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.search.__name__)
def test_a_rule_finds_what_it_looks_for(rule):
    module = Module(PACKAGE / "desk" / "example.py", rule.example, ast.parse(rule.example))
    assert list(rule.search(module)) != []
