"""Rosters, handovers and call-outs in the API: `/api/v1/duty/…`."""

from ninja import Router

from anju.api.duty import attending, calls, founding, handovers, planning, requests

router = Router()
for one in (founding.router, planning.router, attending.router, requests.router, handovers.router, calls.router):
    router.add_router("", one)
