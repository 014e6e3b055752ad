from django.urls import URLPattern, URLResolver, path

from . import pages

PATTERNS: list[URLPattern | URLResolver] = [
    path("emergency-contacts/", pages.directory, name="emergency"),
    path("emergency-contacts/export/", pages.export, name="emergency-export"),
    path("emergency-contacts/<int:pk>/", pages.of_school, name="emergency-school"),
]
