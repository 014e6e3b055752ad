from django.urls import URLPattern, URLResolver, path

from . import pages, returns

PATTERNS: list[URLPattern | URLResolver] = [
    path("income-and-expenditure/", pages.finance, name="finance"),
    path("income-and-expenditure/statements/<int:pk>/", pages.statement, name="finance-statement"),
    path("income-and-expenditure/statements/<int:pk>/<slug:kind>", pages.file, name="finance-file"),
    path("income-and-expenditure/returns/<int:pk>/", returns.answer, name="finance-return"),
    path("income-and-expenditure/returns/<int:pk>/check", returns.check, name="finance-check"),
    path("income-and-expenditure/sent/<slug:reference>/", returns.sent, name="finance-sent"),
]
