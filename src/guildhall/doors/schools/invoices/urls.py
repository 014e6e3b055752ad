from django.urls import URLPattern, URLResolver, path

from . import batches, files

PATTERNS: list[URLPattern | URLResolver] = [
    path("invoices/", batches.batches, name="invoices"),
    path("invoices/new", files.upload, name="invoices-new"),
    path("invoices/template", files.template, name="invoices-template"),
    path("invoices/files/<int:pk>/", files.check, name="invoices-file"),
    path("invoices/files/<int:pk>/send", files.send, name="invoices-send"),
    path("invoices/files/<int:pk>/problems", files.problems, name="invoices-problems"),
    path("invoices/files/<int:pk>/discard", files.discard, name="invoices-discard"),
    path("invoices/files/<int:pk>/lines/<int:line>", files.line, name="invoices-line"),
    path("invoices/batches/<slug:reference>/", batches.batch, name="invoices-batch"),
    path("invoices/batches/<slug:reference>/pdf", batches.batch_pdf, name="invoices-pdf"),
    path("invoices/batches/<slug:reference>/withdraw", batches.withdraw, name="invoices-withdraw"),
    path("invoices/batches/<slug:reference>/again", batches.again, name="invoices-again"),
]
