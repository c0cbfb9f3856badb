"""Channels as a Django app."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from anju.channels.carrier import OFF, connectors


class ChannelsConfig(AppConfig):
    name = "anju.channels"
    label = "channels"

    def ready(self) -> None:
        checks.register(connectors_exist)


def connectors_exist(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Each letter is served by a connector that exists, or is off."""
    known = {*connectors(), OFF}
    return [
        checks.Error(
            f"No connector {name!r} for channel {letter}. There are: {', '.join(sorted(known))}.", id="channels.E001"
        )
        for letter, name in settings.ANJU_CHANNELS.items()
        if name not in known
    ]
