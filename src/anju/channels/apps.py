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
        checks.register(messages_leave, deploy=True)


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


def messages_leave(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """An office in production whose messages go to a simulator tells nobody anything."""
    return [
        checks.Warning(f"Messages of channel {letter} go to a simulator and reach nobody.", id="channels.W001")
        for letter, name in settings.ANJU_CHANNELS.items()
        if name.endswith(".simulator") and not settings.ANJU_LAB and not settings.ANJU_DEMO
    ]
