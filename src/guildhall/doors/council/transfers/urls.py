from django.urls import URLPattern, URLResolver, path

from . import listing, lost, numbers, sending

PATTERNS: list[URLPattern | URLResolver] = [
    path("transfers/", listing.transfers, name="transfers"),
    path("transfers/new/", sending.new, name="transfer-new"),
    path("transfers/lost-pupils/", lost.lost, name="transfer-lost"),
    path("transfers/lost-pupils/<uuid:pk>/", lost.hand_over, name="transfer-hand-over"),
    path("transfers/<uuid:pk>/", sending.transfer, name="transfer"),
    path("transfers/<uuid:pk>/send/", sending.send, name="transfer-send"),
    path("transfers/<uuid:pk>/discard/", sending.discard, name="transfer-discard"),
    path("transfers/<uuid:pk>/withdraw/", sending.withdraw, name="transfer-withdraw"),
    path("transfers/<uuid:pk>/download/", sending.download, name="transfer-download"),
    path("transfers/<uuid:pk>/students/", numbers.students, name="transfer-students"),
    path("transfers/<uuid:pk>/results/", numbers.results, name="transfer-results"),
]
