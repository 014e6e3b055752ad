from django.urls import path

from . import invitation, views

app_name = "professionals"

urlpatterns = [
    path("", views.home, name="home"),
    path("invitation/<slug:key>", invitation.invitation, name="invitation"),
]
