"""Questions before an incident or a drill begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.core.scope import Scope
from anju.desk.incidents.asking import offer
from anju.estate import queries as estate
from anju.estate.models import Community
from anju.incidents import actions, queries
from anju.incidents.models import Drill, Incident
from anju.incidents.rules import plans
from anju.ui.inputs import MomentField


class OpenForm(forms.Form):
    """启动应急: which plan, where."""

    plan = forms.ChoiceField(label=_("预案"), widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("影响范围"), required=False)
    warning = forms.CharField(label=_("预警级别"), max_length=12, required=False)
    is_drill = forms.BooleanField(label=_("这是演练，住户不会收到通报"), required=False)

    def __init__(self, *args: Any, scope: Scope, community: Community, **more: Any) -> None:
        super().__init__(*args, **more)
        self.scope, self.community = scope, community
        self.places = {one.code: one for one in estate.places(scope, community.id)}
        offer(self, "plan", [(kind, kind) for kind in plans.plans()])
        everywhere = [("", _("全小区"))]
        offer(self, "place", everywhere + [(one.code, one.name) for one in self.places.values()])

    def act(self) -> Incident:
        """Press the button."""
        sent = self.cleaned_data
        place = self.places.get(sent["place"])
        asked = actions.Opening(
            self.community,
            kind=sent["plan"],
            place=place.name if place else self.community.name,
            place_codes=[place.code] if place else [],
            areas=[queries.area_of(place)],
            is_drill=sent["is_drill"],
            warning=sent["warning"],
        )
        return actions.open_incident(asked, by=self.scope)


class DrillForm(forms.Form):
    """安排演练."""

    title, button = _("安排演练"), _("安排，提前24小时通知住户")
    says = _("演练中除这条通知外，住户收不到任何消息")
    plan = forms.ChoiceField(label=_("预案"))
    place = forms.ChoiceField(label=_("影响范围"), required=False)
    starts_at = MomentField(label=_("开始时间"))

    def __init__(self, *args: Any, scope: Scope, community: Community, **more: Any) -> None:
        super().__init__(*args, **more)
        self.scope, self.community = scope, community
        self.places = {one.code: one for one in estate.places(scope, community.id)}
        offer(self, "plan", [(kind, kind) for kind in plans.plans()])
        everywhere = [("", _("全小区"))]
        offer(self, "place", everywhere + [(one.code, one.name) for one in self.places.values()])

    def act(self) -> Drill:
        """Plan it."""
        sent = self.cleaned_data
        place = self.places.get(sent["place"])
        return actions.plan_drill(
            self.community,
            kind=sent["plan"],
            starts_at=sent["starts_at"],
            place=place.name if place else self.community.name,
            place_codes=[place.code] if place else [],
            areas=[queries.area_of(place)],
            by=self.scope,
        )
