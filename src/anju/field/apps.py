"""The field as a Django app, for its templates."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "anju.field"
