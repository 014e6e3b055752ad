from django.urls import URLPattern, URLResolver, path

from . import pages

PATTERNS: list[URLPattern | URLResolver] = [
    path("emergency-contacts/", pages.contacts, name="emergency"),
    path("emergency-contacts/new", pages.add, name="emergency-add"),
    path("emergency-contacts/confirm", pages.confirm, name="emergency-confirm"),
    path("emergency-contacts/<int:pk>/change", pages.change, name="emergency-change"),
    path("emergency-contacts/<int:pk>/move", pages.move, name="emergency-move"),
    path("emergency-contacts/<int:pk>/remove", pages.remove, name="emergency-remove"),
    path("emergency-contacts/<int:pk>/put-back", pages.put_back, name="emergency-put-back"),
]
