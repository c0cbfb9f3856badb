"""Writes of the incident room: one verb each, atomic, with who acts in `by`."""

from anju.incidents.actions.afterwards import advance, close, improve, record_review
from anju.incidents.actions.bulletins import approve, post, publish_eta
from anju.incidents.actions.drilling import abort, mark, plan_drill, start_drill
from anju.incidents.actions.linking import link
from anju.incidents.actions.manning import acknowledge, assign
from anju.incidents.actions.moving import cancel, control, recur, restore
from anju.incidents.actions.opening import Opening, open_incident
from anju.incidents.actions.stepping import do_step, note

__all__ = [
    "Opening",
    "abort",
    "acknowledge",
    "advance",
    "approve",
    "assign",
    "cancel",
    "close",
    "control",
    "do_step",
    "improve",
    "link",
    "mark",
    "note",
    "open_incident",
    "plan_drill",
    "post",
    "publish_eta",
    "record_review",
    "recur",
    "restore",
    "start_drill",
]
