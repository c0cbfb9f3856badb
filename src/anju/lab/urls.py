"""Addresses of the lab."""

from django.urls import path

from anju.lab import views

app_name = "lab"
urlpatterns = [
    path("clock", views.clock_call, name="clock"),
    path("reset", views.reset, name="reset"),
    path("freeze", views.freeze, name="freeze"),
    path("people", views.people, name="people"),
    path("messages", views.messages, name="messages-json"),
    path("providers/<str:name>", views.provider, name="provider"),
    path("inbound/<str:channel>", views.inbound, name="inbound"),
    path("crash", views.crash_call, name="crash"),
    path("journal", views.journal_call, name="journal"),
    path("codes", views.codes, name="codes"),
]
