"""Addresses of the field."""

from django.urls import path

from anju.field.job import views as job
from anju.field.job.steps import STEPS
from anju.field.phone import views as phone
from anju.field.shifts import views as shifts
from anju.field.today import views as today

app_name = "field"
urlpatterns = [
    path("", today.today, name="today"),
    path("kept/", phone.kept, name="kept"),
    path("worker.js", phone.worker, name="worker"),
    path("app.webmanifest", phone.manifest, name="manifest"),
    path("away/", phone.away, name="away"),
    path("shift/", today.shift, name="shift"),
    path("shifts/", shifts.mine, name="shifts"),
    path("shifts/<int:turn_id>/swap/", shifts.swap, name="swap"),
    path("swaps/<int:swap_id>/", shifts.answer, name="swap-answer"),
    path("turns/<int:turn_id>/", today.turn, name="turn"),
    path("callouts/<int:callout_id>/", today.call, name="call"),
    path("tickets/<str:no>/", job.job, name="job"),
    *(path(f"tickets/<str:no>/{step.noun}/", job.step_view(step), name=step.noun) for step in STEPS),
]
