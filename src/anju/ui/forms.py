"""Forms and refusals."""

from django.forms import BaseForm

from anju.core.errors import Refused


def refuse(form: BaseForm, refusal: Refused) -> None:
    """Put an action's no onto the form, at its fields where it names them, else on top (screens, 5.5)."""
    for name, message in refusal.fields.items():
        form.add_error(name if name in form.fields else None, str(message))
    if not refusal.fields:
        form.add_error(None, str(refusal.message))
