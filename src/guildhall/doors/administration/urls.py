from django.urls import URLPattern, URLResolver, path

from . import home

app_name = "administration"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
]
