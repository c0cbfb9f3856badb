"""Writes of the duty room: one verb each, atomic, with who acts in `by`."""

from anju.duty.actions.absence import ask_leave, decide_leave
from anju.duty.actions.attending import Proof, check_in, check_out, stand_in
from anju.duty.actions.calling import call_out
from anju.duty.actions.founding import add_pattern, add_post, add_shift, adopt_standard, set_chain
from anju.duty.actions.handing import accept, add_line, dispute, force, open_sheet, rule, submit
from anju.duty.actions.planning import generate, put, remove
from anju.duty.actions.publishing import publish
from anju.duty.actions.replying import answer, arrived, block, over, taken
from anju.duty.actions.swapping import agree_swap, ask_swap, decide_swap

__all__ = [
    "Proof",
    "accept",
    "add_line",
    "add_pattern",
    "add_post",
    "add_shift",
    "adopt_standard",
    "agree_swap",
    "answer",
    "arrived",
    "ask_leave",
    "ask_swap",
    "block",
    "call_out",
    "check_in",
    "check_out",
    "decide_leave",
    "decide_swap",
    "dispute",
    "force",
    "generate",
    "open_sheet",
    "over",
    "publish",
    "put",
    "remove",
    "rule",
    "set_chain",
    "stand_in",
    "submit",
    "taken",
]
