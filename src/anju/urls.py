"""The URL map: one line per door."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("anju.portal.urls")),
    path("", include("anju.desk.urls")),
    path("field/", include("anju.field.urls")),
    path("", include("anju.wall.urls")),
    path("api/v1/", include("anju.api.urls")),
    path("", include("anju.api.health")),
]
if settings.ANJU_LAB:
    urlpatterns += [path("lab/", include("anju.lab.urls"))]
handler400 = "anju.ui.pages.bad_request"
handler403 = "anju.ui.pages.denied"
handler404 = "anju.ui.pages.missing"
handler500 = "anju.ui.pages.broken"
