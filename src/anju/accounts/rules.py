"""Pure facts about staff, as dispatch and escalation see them."""

from dataclasses import dataclass

DEMO_PASSWORD = "anju-2026"  # noqa: S105 every account of the lab and the demo, said on their pages; nowhere else


@dataclass(frozen=True, slots=True)
class Worker:
    """A member of staff as dispatch sees him."""

    staff_id: int
    name: str
    dept: str
    roles: frozenset[str]
    skills: frozenset[str]
    zones: frozenset[str]
    on_shift: bool
    on_call: bool
    last_job_at: float
    certs: frozenset[str]
