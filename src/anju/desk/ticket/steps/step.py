"""What a step is."""

from dataclasses import dataclass
from typing import Any

from anju.desk.ticket.forms import StepForm

Words = Any
"""A lazy string."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that may be done to a ticket.

    `direct`: pressed without a dialog when nothing has to be said. `main`: may be the solid button of a page.
    """

    action: str
    noun: str
    button: Words
    title: Words
    says: Words
    done: Words
    form: type[StepForm]
    permission: str
    icon: str = ""
    key: str = ""
    direct: bool = False
    main: bool = False
