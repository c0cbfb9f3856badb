"""The portal as a Django app, for its templates."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "anju.portal"
