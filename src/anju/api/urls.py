"""Addresses of the API."""

from django.urls import path, re_path

from anju.api.service import api, missing

urlpatterns = [path("", api.urls), re_path("", missing)]
