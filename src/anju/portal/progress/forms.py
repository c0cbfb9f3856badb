"""Words for a step, and stars."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.feedback.choices import BAD, GOOD, Chip
from anju.portal.progress.steps import Step
from anju.ui.inputs import WordsField


class WordsForm(forms.Form):
    """A few words, when the step asks for them."""

    words = WordsField(rows=4, error_messages={"required": _("请先写一句")})

    def __init__(self, data: Any = None, *, step: Step) -> None:
        super().__init__(data)
        self.fields["words"].label = str(step.label)
        self.fields["words"].help_text = str(step.hint)
        self.fields["words"].required = step.needed


class StarsForm(forms.Form):
    """One to five, chips, a line."""

    stars = forms.TypedChoiceField(
        choices=[(n, str(n)) for n in (1, 2, 3, 4, 5)],
        coerce=int,
        error_messages={"required": _("请点1到5颗星"), "invalid_choice": _("请点1到5颗星")},
    )
    chips = forms.MultipleChoiceField(choices=Chip.choices, required=False)
    text = WordsField(
        rows=2,
        required=False,
        max_length=500,
        label=_("还想说的"),
        error_messages={"max_length": _("最多500字，请精简一些")},
    )

    def clean(self) -> dict[str, Any]:
        """Chips of the other side, tapped before the stars were changed, do not count."""
        sent = self.cleaned_data
        fitting = GOOD if sent.get("stars", 0) >= 4 else BAD
        sent["chips"] = [one for one in dict.fromkeys(sent.get("chips", ())) if one in fitting]
        return sent
