"""Appendix G: configuration keys with their defaults. A community's `config` overrides; running clocks keep theirs."""

from collections.abc import Mapping
from typing import Any

DEFAULTS: Mapping[str, Any] = {
    "sla.response_min": 15,
    "sla.response_p0_min": 3,
    "sla.red_min": 120,
    "sla.red.calendar": "ALWAYS",
    "sla.yellow_resp_min": 10,
    "sla.yellow_red_min": 90,
    "sla.escalate_h": 24,
    "sla.onsite_p0_min": 30,
    "dispatch.max_load": 8,
    "ticket.auto_accept_h": 48,
    "ticket.reopen_days": 7,
    "ticket.urge_gap_min": 30,
    "ticket.daily_limit_person": 10,
    "rating.low_max": 2,
    "rating.window_days": 7,
    "revisit.first_h": 24,
    "revisit.sample_3_percent": 50,
    "revisit.sample_45_percent": 10,
    "handoff.ack_min": 15,
    "handoff.ack_p0_min": 3,
    "handoff.lock_count": 3,
    "handoff.ruling_min": 30,
    "msg.quiet": "22:00-08:00",
    "service.hours": "08:00-20:00",
    "quote.valid_h": 48,
    "duty.outsource_window": "22:00-08:00",
    "duty.chain_ack_s": [180, 180, 180, 300, 300],
    "duty.company_line": "",
    "duty.outsource_line": "",
    "duty.line_test": True,
    "duty.min_rest_h": 11,
    "duty.notice_days": 7,
    "duty.notice_holiday_days": 14,
    "duty.check_in": True,
    "duty.absent_alarm_min": 5,
    "duty.absent_stand_in_min": 15,
    "duty.handover_ack_min": 15,
    "incident.bulletin_min": 10,
    "incident.repair_target_min": 30,
    "incident.role_ack_min": 3,
    "incident.auto_open_tickets": 3,
    "incident.auto_open_min": 10,
    "drill.pass": 80,
    "privacy.reveal_s": 60,
    "privacy.quota": 20,
    "privacy.quota_more": 50,
    "privacy.export_rows": 500,
    "privacy.watched": [],
    "automatic.accept": True,
    "automatic.dispatch": True,
    "automatic.merge": True,
    "automatic.incident": True,
}


def setting(config: Mapping[str, Any], key: str) -> Any:
    """The community's value of a key, or the default. Raises KeyError for an unknown key."""
    return config.get(key, DEFAULTS[key])
