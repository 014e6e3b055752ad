"""Every address of the portal, by door."""

from django.urls import include, path

from guildhall.config import health

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("", include("guildhall.doors.families.urls")),
    path("account/", include("guildhall.people.accounts.urls")),
    path("forms/", include("guildhall.doors.filling.urls")),
    path("messages/", include("guildhall.doors.inbox.urls")),
    path("professionals/", include("guildhall.doors.professionals.urls")),
    path("council/", include("guildhall.doors.council.urls")),
    path("demonstration/", include("guildhall.demonstration.urls")),
]
