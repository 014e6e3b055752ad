from django.urls import path

from . import views

app_name = "professionals"

urlpatterns = [
    path("", views.home, name="home"),
]
