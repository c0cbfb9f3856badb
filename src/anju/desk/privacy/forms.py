"""What is wanted of a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.privacy.choices import ExportKind
from anju.privacy.queries.exports import FIELDS

COLUMNS = {name: label for kind in ExportKind for name, label in FIELDS[kind].items()}


class ExportForm(forms.Form):
    """Which list, which columns, what for."""

    kind = forms.ChoiceField(label=_("清单"), choices=ExportKind.choices)
    fields_wanted = forms.MultipleChoiceField(
        label=_("要哪几列"),
        choices=list(COLUMNS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请只选要用的列")},
    )
    purpose = forms.CharField(label=_("做什么用"), max_length=200, error_messages={"required": _("请写清导出做什么用")})
    full = forms.BooleanField(label=_("不遮住（要合规批准）"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="export-%s")

    @property
    def wanted(self) -> dict[str, Any]:
        """As the action takes it; only the columns that the chosen list has."""
        sent = self.cleaned_data
        known = FIELDS[ExportKind(sent["kind"])]
        chosen = [name for name in sent["fields_wanted"] if name in known]
        return {"kind": sent["kind"], "fields": chosen, "purpose": sent["purpose"], "full": sent["full"]}
