from django.urls import URLPattern, URLResolver, path

from . import pages

PATTERNS: list[URLPattern | URLResolver] = [
    path("admissions/", pages.applications, name="admissions"),
    path("admissions/<int:pk>/export", pages.export, name="admissions-export"),
]
