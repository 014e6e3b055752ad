from django.urls import URLPattern, URLResolver, path

from . import days, handling

PATTERNS: list[URLPattern | URLResolver] = [
    path("returns/", handling.schools, name="returns"),
    path("returns/<int:year>/<slug:key>/chase", handling.chase, name="returns-chase"),
    path("returns/days/", days.days, name="returns-days"),
    path("returns/<int:pk>/", handling.one, name="returns-return"),
    path("returns/<int:pk>/export", handling.export, name="returns-export"),
]
