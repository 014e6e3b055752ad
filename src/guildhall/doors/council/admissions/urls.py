from django.urls import URLPattern, URLResolver, path

from . import loading, rounds

PATTERNS: list[URLPattern | URLResolver] = [
    path("admissions/", rounds.rounds, name="admissions"),
    path("admissions/new/", rounds.new, name="admissions-new"),
    path("admissions/template/", loading.template, name="admissions-template"),
    path("admissions/<int:pk>/", rounds.one_round, name="admissions-round"),
    path("admissions/<int:pk>/change/", rounds.change, name="admissions-change"),
    path("admissions/<int:pk>/load/", loading.upload, name="admissions-load"),
    path("admissions/<int:pk>/schools/<int:school_id>/", rounds.school, name="admissions-school"),
    path("admissions/<int:pk>/schools/<int:school_id>/export/", rounds.export, name="admissions-export"),
    path("admissions/loads/<int:pk>/", loading.preview, name="admissions-loading"),
    path("admissions/loads/<int:pk>/decide/", loading.decide, name="admissions-loading-decide"),
]
