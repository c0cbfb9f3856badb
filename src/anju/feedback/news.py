"""Verbs this room publishes; `rated` and `rating_changed` are about ("rating", id), the others about ("revisit", id)."""

RATED = "feedback.rated"
CHANGED = "feedback.rating_changed"
UNCLEAR = "feedback.unclear"  # about ("rating_reply", ticket id): an answer by SMS that nobody can read
DUE = "feedback.visit_due"
ASSIGNED = "feedback.visit_assigned"
TRIED = "feedback.visit_tried"
VISITED = "feedback.visited"
