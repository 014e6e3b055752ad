from django.urls import URLPattern, URLResolver, path

from . import logs, noting

PATTERNS: list[URLPattern | URLResolver] = [
    path("communications/", logs.not_arrived, name="not-arrived"),
    path("review/<slug:reference>/communications/", logs.of_case, name="case-log"),
    path("review/<slug:reference>/communications/csv/", logs.case_csv, name="case-log-csv"),
    path("review/<slug:reference>/communications/add/", noting.add_to_case, name="case-note"),
    path("children/<int:pk>/communications/", logs.of_child, name="child-log"),
    path("children/<int:pk>/communications/csv/", logs.child_csv, name="child-log-csv"),
    path("children/<int:pk>/communications/add/", noting.add_to_child, name="child-note"),
    path("communications/<uuid:pk>/", noting.correct, name="communication"),
]
