from django.urls import URLPattern, URLResolver, path

from . import asking, loading, statements

_AT = "income-and-expenditure"
PATTERNS: list[URLPattern | URLResolver] = [
    path(f"{_AT}/", statements.months, name="finance"),
    path(f"{_AT}/months/<slug:month>/", statements.month, name="finance-month"),
    path(f"{_AT}/statements/<int:pk>/", statements.statement, name="finance-statement"),
    path(
        "income-and-expenditure/statements/<int:pk>/withdraw/", statements.withdraw, name="finance-withdraw"
    ),
    path(
        "income-and-expenditure/statements/<int:pk>/put-back/", statements.put_back, name="finance-put-back"
    ),
    path(f"{_AT}/load/", loading.load, name="finance-load"),
    path(f"{_AT}/load/template/", loading.template, name="finance-template"),
    path(f"{_AT}/load/<int:pk>/", loading.upload, name="finance-upload"),
    path(f"{_AT}/load/<int:pk>/decide/", loading.decide, name="finance-decide"),
    path(f"{_AT}/returns/", asking.returns, name="finance-returns"),
    path(f"{_AT}/returns/new/", asking.ask, name="finance-ask"),
    path(f"{_AT}/returns/<int:pk>/", asking.asked, name="finance-asked"),
    path(f"{_AT}/returns/<int:pk>/export/", asking.export, name="finance-export"),
    path(f"{_AT}/returns/<int:pk>/withdraw/", asking.withdraw, name="finance-ask-withdraw"),
    path(f"{_AT}/returns/<int:pk>/again/", asking.ask_again, name="finance-ask-again"),
    path(f"{_AT}/sent/<slug:reference>/", asking.version, name="finance-version"),
]
