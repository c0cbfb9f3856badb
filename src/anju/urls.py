"""The URL map: one line per door."""

from django.urls import include, path

urlpatterns = [
    path("", include("anju.desk.urls")),
]
handler400 = "anju.ui.pages.bad_request"
handler403 = "anju.ui.pages.denied"
handler404 = "anju.ui.pages.missing"
handler500 = "anju.ui.pages.broken"
