"""What a list is narrowed to, as it stands in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.accounts.choices import Dept
from anju.desk.fields import LeafField
from anju.desk.frame import Frame
from anju.tickets.choices import Light, Status
from anju.tickets.models.ticket import OPEN
from anju.tickets.queries import Filters

ANY = ("", _("不限"))
VIEWS = (
    ("all", _("全部未结")),
    ("mine", _("我的")),
    ("new", _("待受理")),
    ("waiting", _("待派单")),
    ("visit", _("待回访")),
)

VIEW_CHOICES = [*VIEWS, ("closed", _("已结束"))]


class FilterForm(forms.Form):
    """灯 状态 部门 类别 处理人; a value that does not exist narrows nothing."""

    view = forms.ChoiceField(choices=VIEW_CHOICES, required=False, widget=forms.HiddenInput)
    light = forms.ChoiceField(label=_("灯"), choices=[ANY, *Light.choices], required=False)
    status = forms.ChoiceField(
        label=_("状态"), choices=[ANY, *((one.value, one.label) for one in Status if one in OPEN)], required=False
    )
    dept = forms.ChoiceField(label=_("部门"), choices=[ANY, *Dept.choices], required=False)
    leaf = LeafField(
        label=_("类别"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "IN04", "size": 6, "maxlength": 4}),
    )
    handler = forms.TypedChoiceField(label=_("处理人"), coerce=int, empty_value=None, required=False)
    c = forms.TypedChoiceField(label=_("小区"), coerce=int, empty_value=None, required=False)
    q = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, data: Any, frame: Frame) -> None:
        super().__init__(data, auto_id="filter-%s")
        handlers: Any = self.fields["handler"]
        handlers.choices = [ANY, *((row.staff_id, row.staff.name) for row in frame.staff)]
        communities: Any = self.fields["c"]
        communities.choices = [ANY, *((one.id, one.name) for one in frame.communities)]
        if not frame.several:
            del self.fields["c"]

    def filters(self) -> Filters:
        """The list that is asked for."""
        self.is_valid()
        chosen = self.cleaned_data
        return Filters(
            view=chosen.get("view") or "all",
            light=chosen.get("light", ""),
            status=chosen.get("status", ""),
            dept=chosen.get("dept", ""),
            handler=chosen.get("handler"),
            leaf=chosen.get("leaf", ""),
            community=chosen.get("c"),
        )

    def chosen(self) -> dict[str, str]:
        """The filter set as an address holds it; asked after `filters`."""
        parts = {
            name: self.cleaned_data.get(name) for name in ("view", "light", "status", "dept", "leaf", "handler", "c")
        }
        return {name: str(value) for name, value in parts.items() if value}

    def narrowed(self) -> list[str]:
        """What it is narrowed to, in words, for "没有符合…的工单"."""
        found = []
        for name in ("light", "status", "dept", "leaf", "handler"):
            value = self.cleaned_data.get(name)
            if value:
                choices = dict(getattr(self.fields[name], "choices", ()))
                found.append(str(choices.get(value, value)))
        return found
