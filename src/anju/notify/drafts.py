"""New rows: one message by one channel, with everything its sending will need."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from anju.notify import render, rules
from anju.notify.catalog import Template
from anju.notify.choices import Channel, Reason, State
from anju.notify.models import Delivery

COMMON = (
    *("community_id", "template", "to_kind", "to_id", "sign", "about_type", "about_id", "emergency", "asked"),
    "created_at",
)
"""Columns that all rows of one message share."""


def draft(
    common: Mapping[str, Any], template: Template, leg: rules.Leg, text: render.Rendered, at: datetime
) -> Delivery:
    """A row to leave at `at`, or one that says why it cannot."""
    state, reason, detail = _fate(template, leg, text)
    goes, hidden = state is State.QUEUED, {name: text.vars[name] for name in rules.SECRET & text.vars.keys()}
    check_at = at + rules.CHECK_AFTER if goes and leg.watched else None
    row = Delivery(
        **common,
        channel=leg.channel,
        vars=dict(text.vars) | dict.fromkeys(hidden, rules.HIDDEN),
        state=state,
        reason=reason,
        detail=detail,
        queued_at=at,
        send_at=at if goes else None,
        check_at=check_at,
        due_at=at if goes else None,
    )
    row.address, row.phone, row.body = leg.address, leg.phone, text.body
    row.secrets = json.dumps(hidden) if hidden else ""
    if leg.channel is Channel.SMS:
        row.characters = render.length(row.sign, text.body)
        row.segments = render.segments(row.characters)
    return row


def _fate(template: Template, leg: rules.Leg, text: render.Rendered) -> tuple[State, Reason | str, str]:
    if text.reason:
        return State.DEAD, text.reason, text.detail
    if leg.reason:
        return State.SUPPRESSED, leg.reason, ""
    if leg.channel is Channel.SMS and (name := render.unsendable(template, text.vars)):
        return State.SUPPRESSED, Reason.LINT, name
    return State.QUEUED, "", ""
