from django.urls import URLPattern, URLResolver, path

from . import looking

PATTERNS: list[URLPattern | URLResolver] = [
    path("notices/", looking.notices, name="notices"),
    path("notices/<uuid:pk>/", looking.notice, name="notice"),
    path("notices/<uuid:pk>/picture/", looking.picture, name="notice-picture"),
]
