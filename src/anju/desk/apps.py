"""The desk as a Django app, for its templates."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "anju.desk"
