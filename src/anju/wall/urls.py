"""Addresses of the wall. The link is the key: nobody logs in at a screen."""

from django.urls import path

from anju.wall.board import views as board
from anju.wall.lobby import views as lobby

app_name = "wall"
urlpatterns = [
    path("wall/<str:link>/", board.board, name="board"),
    path("lobby/<str:code>/", lobby.lobby, name="lobby"),
]
