"""The addresses of My Traded Services, below those of the schools' site."""

from django.urls import URLPattern, path

from . import asking, reading

PATTERNS: list[URLPattern] = [
    path("traded-services/", reading.catalogue, name="traded"),
    path("traded-services/enquiries/", reading.enquiries, name="traded-enquiries"),
    path("traded-services/enquiries/<uuid:pk>/", asking.enquiry, name="traded-enquiry"),
    path("traded-services/<uuid:pk>/", reading.service, name="traded-service"),
    path("traded-services/<uuid:pk>/brochure", reading.brochure, name="traded-brochure"),
    path("traded-services/<uuid:pk>/ask/<slug:kind>", asking.ask, name="traded-ask"),
]
