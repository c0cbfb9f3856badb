"""Incidents: a plan is set going by one button or by itself, everybody has a role, residents are told every ten minutes,
and afterwards a report says who was late by how much (domain file 03, Appendix C).

*Plan* is what must be done for a kind of incident, by whom, until when. *Crew* are the people in its roles, each called
and answering for himself. *Slot* is one interval of the bulletin grid, *bulletin* what was said. *Veto* is a step that
may not be missed. *Drill* is an incident that is practised: residents hear of nothing but its notice.
"""
