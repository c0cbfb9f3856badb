"""What every question about an incident shares: who asks, whom one may name."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anju.accounts import queries as accounts
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.incidents.models import Incident


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """The choices of a field that depend on what is at hand."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


class IncidentForm(forms.Form):
    """One verb of an incident."""

    title: Any = ""
    button: Any = ""
    says: Any = ""

    def __init__(self, *args: Any, row: Incident, scope: Scope, **more: Any) -> None:
        super().__init__(*args, **more)
        self.row, self.scope = row, scope
        self.prepare()

    def prepare(self) -> None:
        """Choices that depend on the incident."""

    def act(self) -> Incident:
        """Do it."""
        raise NotImplementedError

    def crew(self) -> list[tuple[str, str]]:
        """Everybody who may be named."""
        rows = accounts.staff_in(self.scope, self.row.community_id).order_by("staff_id")
        return [(one.staff.login, one.staff.name) for one in rows]

    def staff(self, login: str) -> Any:
        """Somebody of this community. Raises Refused STAFF_UNKNOWN."""
        found = accounts.by_login(self.scope, self.row.community_id, login)
        if found is None:
            raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"))
        return found
