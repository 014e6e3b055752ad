"""Every address of the portal, by door."""

from django.urls import include, path

from guildhall.config import brand, health

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("brand/<slug:stamp>.css", brand.brand, name="brand"),
    path("brand/logo/<slug:digest>", brand.logo, name="logo"),
    path("account/", include("guildhall.doors.account.urls")),
    path("forms/", include("guildhall.doors.filling.urls")),
    path("messages/", include("guildhall.doors.inbox.urls")),
    path("professionals/", include("guildhall.doors.professionals.urls")),
    path("schools/", include("guildhall.doors.schools.urls")),
    path("council/administration/", include("guildhall.doors.administration.urls")),
    path("council/forms/", include("guildhall.doors.building.urls")),
    path("council/matching/files/", include("guildhall.doors.administration.linkage_batch_urls")),
    path("council/post/", include("guildhall.doors.posting.urls")),
    path("council/", include("guildhall.doors.council.urls")),
    path("demonstration/", include("guildhall.demonstration.urls")),
    # Last, because it has no first part of its own: each of its addresses is tried for what comes this far.
    path("", include("guildhall.doors.families.urls")),
]

handler400 = "guildhall.config.errors.bad_request"
handler403 = "guildhall.config.errors.forbidden"
handler404 = "guildhall.config.errors.not_found"
handler500 = "guildhall.config.errors.server_error"
