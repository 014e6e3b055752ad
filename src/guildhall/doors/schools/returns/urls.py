from django.urls import URLPattern, URLResolver, path

from . import collections, one

PATTERNS: list[URLPattern | URLResolver] = [
    path("data-collections/", collections.listed, name="data-collections"),
    path("data-collections/<int:year>/<slug:key>/guidance", collections.guidance, name="returns-guidance"),
    path("data-collections/<int:year>/<slug:key>/<slug:area>/", collections.upload, name="returns-upload"),
    path("data-collections/returns/<int:pk>/", one.one, name="returns-return"),
    path("data-collections/returns/<int:pk>/export", one.export, name="returns-export"),
    path("data-collections/returns/<int:pk>/act", one.act, name="returns-act"),
    path("data-collections/returns/<int:pk>/found/<int:found_pk>", one.found, name="returns-found"),
]
