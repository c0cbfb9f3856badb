"""What a form field needs to be shown: its kind, its choices with keys, the ids that tie label, hint and error."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect

from anju.ui.voice import VoiceInput


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio or check-box."""

    type: str
    name: str
    value: str
    label: str
    checked: bool
    id: str
    key: str

    @property
    def hint(self) -> str:
        """The part of the key that stands on the choice: `Q` of `alt+q`."""
        return self.key.rpartition("+")[2].upper()


def context(bound: BoundField, hint: str, keys: list[str]) -> dict[str, Any]:
    """For ui/parts/field.html."""
    kind = _kind(bound)
    hint = hint or str(bound.help_text)
    described = [f"{bound.auto_id}-hint"] if hint else []
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
    return {
        "field": bound,
        "kind": kind,
        "hint": hint,
        "choices": list(_choices(bound, keys)) if kind == "choices" else [],
        "input": bound.as_widget(attrs=_attrs(kind, described))
        if kind in ("input", "photos", "voice", "check")
        else "",
        "described": " ".join(described),
        "max": getattr(bound.field, "max_files", 9),
    }


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, VoiceInput):
        return "voice"
    return "photos" if isinstance(widget, FileInput) else "input"


def _attrs(kind: str, described: list[str]) -> dict[str, str | bool]:
    attrs: dict[str, str | bool] = {"class": "input"} if kind == "input" else {}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return attrs


def _choices(bound: BoundField, keys: list[str]) -> Iterable[Choice]:
    for option, key in zip_longest(bound.subwidgets, keys[: len(bound.subwidgets)], fillvalue=""):
        if isinstance(option, str):
            continue
        data = option.data
        yield Choice(
            data["type"],
            data["name"],
            str(data["value"]),
            str(data["label"]),
            bool(data["selected"]),
            data["attrs"]["id"],
            str(key),
        )
