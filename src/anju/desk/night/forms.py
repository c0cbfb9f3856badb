"""What the console asks for: as little as a call needs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju import understanding
from anju.accounts.models import Staff
from anju.desk.reporting.forms import ReportForm
from anju.tickets.models import Ticket
from anju.ui.inputs import WordsField


class RecordForm(ReportForm):
    """登记: what was said, where, the number to call back. Everything else of a report is for the day team."""


class EmergencyForm(ReportForm):
    """紧急: the kind is tapped; saved, the chain rings."""

    def clean(self) -> dict[str, Any]:
        """One of the emergencies, and a place or words."""
        sent = super().clean()
        if sent.get("leaf") not in understanding.emergencies():
            self.add_error("leaf", _("请先点是什么紧急情况"))
        if not sent.get("place_found") and not sent.get("text") and "where" not in self.errors:
            self.add_error("where", _("请问清在哪里，或先写在描述里"))
        return sent


class TransferForm(forms.Form):
    """转接: which call, to whom, what the caller wants."""

    ticket = forms.ChoiceField(
        label=_("哪一单"), widget=forms.RadioSelect, error_messages={"required": _("先登记这通电话，再转接")}
    )
    to = forms.ChoiceField(label=_("转给谁"), widget=forms.RadioSelect, error_messages={"required": _("请点转给谁")})
    summary = WordsField(rows=3, max_length=500, label=_("来电人要什么，已经答应了什么"), required=False)

    def __init__(self, data: Any = None, *, tickets: Sequence[Ticket], people: Sequence[tuple[Staff, str]]) -> None:
        super().__init__(data)
        choices: dict[str, Any] = {
            "ticket": [(row.no, f"{row.no}　{row.leaf.short}") for row in tickets],
            "to": [(staff.login, f"{staff.name}　{post}") for staff, post in people],
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered
            if len(offered) == 1:
                field.initial = offered[0][0]
