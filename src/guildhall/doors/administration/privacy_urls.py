"""The addresses of privacy: requests and their packs, and how long things are kept."""

from django.urls import URLPattern, path

from . import (
    privacy,
    privacy_breaches,
    privacy_keeping,
    privacy_map,
    privacy_odd,
    privacy_packs,
    privacy_recalls,
    privacy_rights,
    privacy_seen,
)

urlpatterns: list[URLPattern] = [
    path("privacy/", privacy.requests, name="privacy"),
    path("privacy/requests/new/", privacy.new, name="privacy-new"),
    path("privacy/requests/<int:pk>/", privacy.request, name="privacy-request"),
    path("privacy/requests/<int:pk>/check/", privacy_packs.check, name="privacy-check"),
    path("privacy/requests/<int:pk>/whole/", privacy_packs.whole, name="privacy-whole"),
    path("privacy/requests/<int:pk>/pack/", privacy_packs.pack, name="privacy-pack"),
    path("privacy/requests/<int:pk>/<slug:act>/", privacy.act, name="privacy-act"),
    path("privacy/keeping/", privacy_keeping.keeping, name="privacy-keeping"),
    path("privacy/keeping/<slug:key>/", privacy_keeping.kept, name="privacy-kept"),
    path("privacy/holds/new/", privacy_keeping.hold, name="privacy-hold"),
    path("privacy/holds/<int:pk>/lift/", privacy_keeping.lift, name="privacy-lift"),
    path("privacy/lists/begin/", privacy_keeping.begin, name="privacy-run-begin"),
    path("privacy/lists/<int:pk>/", privacy_keeping.run, name="privacy-run"),
    path("privacy/lists/<int:pk>/<slug:act>/", privacy_keeping.run_act, name="privacy-run-act"),
    path("privacy/data-map/", privacy_map.data_map, name="privacy-map"),
    path("privacy/odd/", privacy_odd.odd, name="privacy-odd"),
    path("privacy/odd/reasons/", privacy_odd.reasons, name="privacy-reasons"),
    path("privacy/odd/<int:pk>/", privacy_odd.odd_one, name="privacy-odd-one"),
    path("privacy/breaches/", privacy_breaches.breaches, name="privacy-breaches"),
    path("privacy/breaches/new/", privacy_breaches.new, name="privacy-breach-new"),
    path("privacy/breaches/<int:pk>/", privacy_breaches.breach, name="privacy-breach"),
    path("privacy/breaches/<int:pk>/close/", privacy_breaches.close, name="privacy-breach-close"),
    path("privacy/recalls/", privacy_recalls.recalls, name="privacy-recalls"),
    path("privacy/who-saw/", privacy_seen.seen, name="privacy-seen"),
    path("privacy/who-saw/export/", privacy_seen.export, name="privacy-seen-export"),
    path("privacy/rights/", privacy_rights.rights, name="privacy-rights"),
    path("privacy/rights/new/", privacy_rights.new, name="privacy-right-new"),
    path("privacy/rights/<int:pk>/", privacy_rights.right, name="privacy-right"),
    path("privacy/rights/<int:pk>/erase/", privacy_rights.erase, name="privacy-erase"),
    path("privacy/rights/<int:pk>/<slug:act>/", privacy_rights.right_act, name="privacy-right-act"),
]
