from django.urls import URLPattern, URLResolver, path

from . import catalogue, enquiries

PATTERNS: list[URLPattern | URLResolver] = [
    path("traded-services/", catalogue.catalogue, name="traded"),
    path("traded-services/add/", catalogue.add, name="traded-add"),
    path("traded-services/enquiries/", enquiries.enquiries, name="traded-enquiries"),
    path("traded-services/enquiries/export/", enquiries.export, name="traded-export"),
    path("traded-services/enquiries/<uuid:pk>/", enquiries.enquiry, name="traded-enquiry"),
    path("traded-services/<uuid:pk>/", catalogue.service, name="traded-service"),
    path("traded-services/<uuid:pk>/change/", catalogue.change, name="traded-change"),
    path("traded-services/<uuid:pk>/brochure/", catalogue.brochure, name="traded-brochure"),
    path("traded-services/<uuid:pk>/<slug:name>/", catalogue.act, name="traded-act"),
]
