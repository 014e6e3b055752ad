"""The addresses of privacy: requests and their packs."""

from django.urls import URLPattern, path

from . import privacy, privacy_packs

urlpatterns: list[URLPattern] = [
    path("privacy/", privacy.requests, name="privacy"),
    path("privacy/requests/new/", privacy.new, name="privacy-new"),
    path("privacy/requests/<int:pk>/", privacy.request, name="privacy-request"),
    path("privacy/requests/<int:pk>/check/", privacy_packs.check, name="privacy-check"),
    path("privacy/requests/<int:pk>/whole/", privacy_packs.whole, name="privacy-whole"),
    path("privacy/requests/<int:pk>/pack/", privacy_packs.pack, name="privacy-pack"),
    path("privacy/requests/<int:pk>/<slug:act>/", privacy.act, name="privacy-act"),
]
