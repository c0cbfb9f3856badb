"""Which role may do what. Permissions are data: a name and the roles that hold it (0.3, domain file 04)."""

from anju.core.scope import Scope

CS_DESK = frozenset({"CS", "CSS"})
LEADERS = frozenset({"SUP", "DM", "PM"})
EVERY_DESK = CS_DESK | LEADERS | {"QLT", "FIN", "COMP", "OUT"}
ON_SITE = frozenset({"WK", "VEND", "SUP"})

PERMISSIONS: dict[str, frozenset[str]] = {
    "desk.see": EVERY_DESK - {"OUT"},
    "night.see": CS_DESK | {"OUT"},
    "field.see": ON_SITE,
    "tickets.see": EVERY_DESK | ON_SITE,
    "tickets.report": EVERY_DESK | ON_SITE,
    "tickets.accept": CS_DESK | {"OUT", "DM", "PM"},
    "tickets.classify": CS_DESK | LEADERS,
    "tickets.dispatch": CS_DESK | LEADERS,
    "tickets.take": ON_SITE | {"CS", "CSS", "FIN", "QLT", "COMP", "PM"},  # office matters have no worker on site
    "tickets.decline": ON_SITE,
    "tickets.start": ON_SITE | {"CS", "CSS", "FIN", "QLT", "COMP", "PM"},
    "tickets.return": ON_SITE,
    "tickets.transfer": CS_DESK | LEADERS,
    "tickets.suspend": ON_SITE | LEADERS,
    "tickets.approve": LEADERS,
    "tickets.resume": ON_SITE | CS_DESK | LEADERS,
    "tickets.finish": ON_SITE | {"CS", "CSS", "FIN", "QLT", "COMP", "PM"},
    "tickets.confirm": CS_DESK | {"QLT"},
    "tickets.reject": CS_DESK | {"QLT"},
    "tickets.close": CS_DESK | {"QLT"},
    "tickets.reopen": frozenset({"QLT"}),
    "tickets.cancel": CS_DESK,
    "tickets.urge": CS_DESK | {"OUT"},
    "tickets.escalate": CS_DESK | LEADERS,
    "tickets.merge": CS_DESK,
    "tickets.answer": CS_DESK | {"FIN", "QLT"},
    "tickets.quote": ON_SITE | LEADERS,
    "tickets.plan": LEADERS,
    "tickets.note": EVERY_DESK | ON_SITE,
    "tickets.reply": EVERY_DESK - {"OUT"},
    "tickets.contact": EVERY_DESK - {"OUT"},
    "tickets.confirm_late": LEADERS | {"CSS"},
    "tickets.handoff": CS_DESK | LEADERS,
    "tickets.refer": CS_DESK | LEADERS,
    "tickets.night": CS_DESK | LEADERS | {"QLT"},
    "tickets.known": EVERY_DESK,
    "tickets.first_contact": frozenset({"QLT"}),
    "tickets.tick": (EVERY_DESK - {"OUT"}) | ON_SITE,
    "tickets.rule": frozenset({"PM", "DM"}),
    "feedback.revisit": frozenset({"QLT", "CSS"}),
    "privacy.see": EVERY_DESK | {"HR"},
    "privacy.reveal": frozenset({"CS", "CSS", "SUP", "DM", "FIN", "PM", "COMP"}),
    "privacy.approve": frozenset({"CSS", "SUP", "PM"}),
    "privacy.identify": EVERY_DESK,  # who logs calls checks addresses (R16.1)
    "privacy.export": frozenset({"FIN", "PM", "COMP"}),
    "privacy.supervise": frozenset({"COMP"}),
    "privacy.agreements": frozenset({"COMP", "HR", "PM"}),
    "privacy.requests": frozenset({"COMP", "PM"}),
    "privacy.leak": frozenset({"COMP", "PM"}),
    "privacy.report_leak": EVERY_DESK | ON_SITE | {"HR", "ADM"},
    "accounts.leave": frozenset({"HR", "PM", "ADM"}),
    "accounts.present": EVERY_DESK,
    "accounts.manage": frozenset({"PM", "ADM"}),
    "accounts.shift": CS_DESK | LEADERS,
    "accounts.screens": LEADERS | {"CSS"},
    "duty.see": EVERY_DESK | ON_SITE | {"HR"},
    "duty.plan": LEADERS | {"HR", "CSS"},
    "duty.decide": LEADERS | {"CSS"},
    "incidents.see": EVERY_DESK | ON_SITE,
    "incidents.open": EVERY_DESK | ON_SITE,
    "incidents.decide": frozenset({"DM", "PM"}),
    "estate.import": frozenset({"PM", "ADM", "CSS"}),
    "office.status": LEADERS | {"CSS", "QLT", "ADM"},
    "estate.codes": EVERY_DESK | {"ADM"},
    "channels.simulator": EVERY_DESK | ON_SITE | {"ADM"},
}


def allowed(scope: Scope, permission: str, community_id: int | None = None) -> bool:
    """True when the asker holds the permission in the community, or in any of his when none is named."""
    roles = PERMISSIONS[permission]
    if scope.is_system:
        return True
    if not scope.is_staff:
        return False
    if community_id is not None:
        return scope.has(community_id, *roles)
    return any(not held.isdisjoint(roles) for held in scope.roles.values())
