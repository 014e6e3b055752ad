"""The addresses of Activities and Events, below those of the schools' site."""

from django.urls import URLPattern, path

from . import reading, writing

PATTERNS: list[URLPattern] = [
    path("notices/", reading.notices, name="notices"),
    path("notices/own/", reading.own, name="notices-own"),
    path("notices/submit/", writing.submit, name="notice-submit"),
    path("notices/submit/<slug:kind>/", writing.new, name="notice-new"),
    path("notices/<uuid:pk>/", reading.notice, name="notice"),
    path("notices/<uuid:pk>/picture", reading.picture, name="notice-picture"),
    path("notices/<uuid:pk>/change", writing.change, name="notice-change"),
    path("notices/<uuid:pk>/withdraw", writing.withdraw, name="notice-withdraw"),
    path("notices/<uuid:pk>/report", writing.report, name="notice-report"),
]
