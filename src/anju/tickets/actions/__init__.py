"""Writes of the ticket room: one verb each, atomic, with who acts in `by`.

Every verb takes `version=` (optimistic check) and `phone_time=` (of an action recorded offline).
"""

from anju.tickets.actions.accepting import accept, answer, cancel, classify, confirm_late, merge, split
from anju.tickets.actions.dispatching import decline, dispatch, give_back, take, transfer
from anju.tickets.actions.ending import close, confirm, reject, reopen, require_visit, urge
from anju.tickets.actions.handing import hand_over
from anju.tickets.actions.leading import escalate, first_contact, offer, plan, receive, refer, refuse, rule
from anju.tickets.actions.nights import pass_call
from anju.tickets.actions.reporting import Report, report
from anju.tickets.actions.tasking import tick
from anju.tickets.actions.undoing import undo
from anju.tickets.actions.viewing import choose_default, drop_view, move_view, restore_view, save_view
from anju.tickets.actions.waiting import confirm_quote, quote, refuse_quote, resume, suspend
from anju.tickets.actions.working import delay, finish, start
from anju.tickets.actions.writing import contact, note, reply

__all__ = [
    "Report",
    "accept",
    "answer",
    "cancel",
    "choose_default",
    "classify",
    "close",
    "confirm",
    "confirm_late",
    "confirm_quote",
    "contact",
    "decline",
    "delay",
    "dispatch",
    "drop_view",
    "escalate",
    "finish",
    "first_contact",
    "give_back",
    "hand_over",
    "merge",
    "move_view",
    "note",
    "offer",
    "pass_call",
    "plan",
    "quote",
    "receive",
    "refer",
    "refuse",
    "refuse_quote",
    "reject",
    "reopen",
    "reply",
    "report",
    "require_visit",
    "restore_view",
    "resume",
    "rule",
    "save_view",
    "split",
    "start",
    "suspend",
    "take",
    "tick",
    "transfer",
    "undo",
    "urge",
]
