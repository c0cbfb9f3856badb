"""Verbs this room publishes. Rosters are about ("community", id), the others about their own row."""

PUBLISHED = "duty.published"
CHECKED_IN = "duty.checked_in"  # about ("turn", id)
CHECKED_OUT = "duty.checked_out"
ABSENT = "duty.absent"
STAND_IN = "duty.stand_in"
SWAPPED = "duty.swapped"
LEAVE = "duty.leave"  # about ("leave", id)
SUBMITTED = "duty.handover_submitted"  # about ("handover", id)
HANDED_OVER = "duty.handed_over"  # data: from, to (staff ids), forced
DISPUTED = "duty.disputed"
RULED = "duty.ruled"
CALLED = "duty.called"  # about ("callout", id), as the following; data: subject
ACKED = "duty.acked"
CANNOT_COME = "duty.cannot_come"
EXHAUSTED = "duty.exhausted"
LINES_RUNG = "duty.lines_rung"  # about ("community", id), as the next one
LINES_HEARD = "duty.lines_heard"
"""The evening's test calls; data: silent, the lines that did not answer."""
BROKEN = "duty.promise_broken"
"""He said he would come, and did not."""
