"""Rights of the person."""

from ninja import Router

router = Router()
