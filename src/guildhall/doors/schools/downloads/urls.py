"""The addresses of downloads and floor plans, below those of the schools' site."""

from django.urls import URLPattern, path

from . import offered, plans

PATTERNS: list[URLPattern] = [
    path("downloads/", offered.downloads, name="downloads"),
    path("downloads/<uuid:pk>", offered.download, name="download"),
    path("floor-plans/", plans.plans, name="plans"),
    path("floor-plans/<uuid:pk>/", plans.plan, name="plan"),
    path("floor-plans/<uuid:pk>/show", plans.show, name="plan-show"),
    path("floor-plans/<uuid:pk>/download", plans.download, name="plan-download"),
]
