"""Tables of the incident room."""

from anju.incidents.models.afterwards import Drill, Improvement
from anju.incidents.models.bulletins import Bulletin, Slot
from anju.incidents.models.incident import Call, Incident, Link, Step

__all__ = ["Bulletin", "Call", "Drill", "Improvement", "Incident", "Link", "Slot", "Step"]
