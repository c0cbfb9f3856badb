"""Why somebody wants to see one value."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.privacy.choices import Why


class WhyForm(forms.Form):
    """The reason and one line of words; asked for once more, a supervisor decides."""

    reason = forms.ChoiceField(
        label=_("为什么要看"),
        choices=Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选为什么要看"), "invalid_choice": _("请选为什么要看")},
    )
    text = forms.CharField(label=_("补充说明"), max_length=200, error_messages={"required": _("请写一句说明")})

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="why-%s")

    @property
    def keys(self) -> list[tuple[str, str, str, bool]]:
        """Value, words, the key that chooses it, and whether it is chosen."""
        chosen = self["reason"].value()
        return [
            (value, str(label), str(number), value == chosen) for number, (value, label) in enumerate(Why.choices, 1)
        ]
