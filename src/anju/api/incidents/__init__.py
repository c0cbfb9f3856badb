"""Incidents in the API: `/api/v1/incidents/…`. The drills come first: their address looks like a number."""

from anju.api.incidents import afterwards, commanding, drills, opening, working

ROUTERS = (drills.router, opening.router, working.router, commanding.router, afterwards.router)
