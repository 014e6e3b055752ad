from django.urls import URLPattern, URLResolver, path

from . import deciding, lists

PATTERNS: list[URLPattern | URLResolver] = [
    path("annual-reviews/", lists.reviews, name="annual-reviews"),
    path("annual-reviews/export/", lists.export, name="annual-reviews-export"),
    path("annual-reviews/pupils/<int:pk>/", lists.pupil, name="annual-review-pupil"),
    path("annual-reviews/<int:pk>/", deciding.review, name="annual-review"),
    path("annual-reviews/<int:pk>/take-back/", deciding.take_back, name="annual-review-take-back"),
    path("annual-reviews/<int:pk>/<int:version>/", deciding.review, name="annual-review-version"),
    path("annual-reviews/<int:pk>/<int:version>/pdf/", deciding.pdf, name="annual-review-pdf"),
    path(
        "annual-reviews/<int:pk>/<int:version>/files/<uuid:file_id>/",
        deciding.file,
        name="annual-review-file",
    ),
]
