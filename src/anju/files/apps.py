"""The files room as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "anju.files"
    label = "files"
