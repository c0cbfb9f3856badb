"""Every step of the desk: its noun in the address, its words, its form, who may take it. One table for pages and URLs."""

from collections.abc import Mapping

from anju.desk.ticket.steps import ending, intake, waiting
from anju.desk.ticket.steps.step import Step

__all__ = ["BY_ACTION", "STEPS", "Step"]

STEPS = (
    waiting.RECEIVE,
    waiting.RULE,
    intake.ACCEPT,
    intake.DISPATCH,
    ending.CONFIRM,
    ending.CONFIRM_QUOTE,
    ending.REOPEN,
    intake.ANSWER,
    intake.TRANSFER,
    waiting.RESUME,
    intake.NOTE,
    waiting.SUSPEND,
    waiting.ESCALATE,
    ending.URGE,
    intake.CLASSIFY,
    waiting.PLAN,
    waiting.OFFER,
    waiting.REFUSE,
    waiting.TICK,
    waiting.REFER,
    intake.MERGE,
    intake.SPLIT,
    ending.REJECT,
    ending.CLOSE,
    intake.CONFIRM_LATE,
    intake.CANCEL,
    waiting.FIRST_CONTACT,
    intake.CONTACT,
)
"""In the order of what is next: the first that fits is the solid button."""

BY_ACTION: Mapping[str, Step] = {step.action: step for step in STEPS}
