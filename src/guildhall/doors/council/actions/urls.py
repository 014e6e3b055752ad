from django.urls import URLPattern, URLResolver, path

from . import giving

PATTERNS: list[URLPattern | URLResolver] = [
    path("school-actions/", giving.actions, name="school-actions"),
    path("school-actions/new/", giving.new, name="school-action-new"),
    path("school-actions/<int:pk>/cancel/", giving.cancel, name="school-action-cancel"),
]
