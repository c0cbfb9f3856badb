"""Addresses of the portal."""

from django.urls import path

from anju.portal.home import views as home
from anju.portal.privacy import views as privacy
from anju.portal.progress import views as progress
from anju.portal.scan import views as scan
from anju.portal.signing import views as signing
from anju.portal.start import views as start

app_name = "portal"
urlpatterns = [
    path("", start.start, name="start"),
    path("r/<str:code>/", scan.scan, name="scan"),
    path("r/<str:code>/trapped/", scan.trapped, name="trapped"),
    path("r/<str:code>/too/", scan.me_too, name="too"),
    path("t/<str:held>/", progress.ticket, name="ticket"),
    path("t/<str:held>/rating/", progress.ticket_rating, name="ticket-rating"),
    path("t/<str:held>/<slug:step>/", progress.ticket_step, name="ticket-step"),
    path("me/", home.home, name="home"),
    path("me/login/", signing.login, name="login"),
    path("me/choose/", signing.choose, name="choose"),
    path("me/logout/", signing.logout, name="logout"),
    path("me/report/", home.report, name="report"),
    path("me/privacy/", privacy.centre, name="privacy"),
    path("me/privacy/copy/", privacy.copy, name="privacy-copy"),
    path("me/privacy/request/", privacy.ask, name="privacy-ask"),
    path("me/privacy/consents/<str:purpose>/", privacy.consent, name="consent"),
    path("me/tickets/<str:held>/", progress.mine, name="mine"),
    path("me/tickets/<str:held>/rating/", progress.mine_rating, name="mine-rating"),
    path("me/tickets/<str:held>/<slug:step>/", progress.mine_step, name="mine-step"),
]
