from django.urls import URLPattern, URLResolver, path

from . import codes, handling

PATTERNS: list[URLPattern | URLResolver] = [
    path("invoices/", handling.batches, name="invoices"),
    path("invoices/cost-codes/", codes.codes, name="invoices-codes"),
    path("invoices/cost-codes/export/", codes.export, name="invoices-codes-export"),
    path("invoices/batches/<slug:reference>/", handling.batch, name="invoices-batch"),
    path("invoices/batches/<slug:reference>/export/", handling.export, name="invoices-export"),
    path("invoices/batches/<slug:reference>/move/", handling.move, name="invoices-move"),
    path("invoices/batches/<slug:reference>/lines/<int:pk>/", handling.line, name="invoices-line"),
]
