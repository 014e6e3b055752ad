"""The addresses of matching: its thresholds and its weights."""

from django.urls import URLPattern, path

from . import linkage

urlpatterns: list[URLPattern] = [
    path("matching/", linkage.page, name="linkage"),
    path("matching/save/", linkage.save, name="linkage-save"),
    path("matching/changes/<int:pk>/put-back/", linkage.put_back, name="linkage-put-back"),
]
