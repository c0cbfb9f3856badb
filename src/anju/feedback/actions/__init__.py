"""Writes of this room."""

from anju.feedback.actions.rating import rate, reply_by_sms
from anju.feedback.actions.visiting import assign, record_visit, release, visit_confirmed

__all__ = ["assign", "rate", "record_visit", "release", "reply_by_sms", "visit_confirmed"]
