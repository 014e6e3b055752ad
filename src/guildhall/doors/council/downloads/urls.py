from django.urls import URLPattern, path

from . import items, plans, sections

PATTERNS: list[URLPattern] = [
    path("downloads/", items.downloads, name="downloads"),
    path("downloads/new/", items.add, name="download-add"),
    path("downloads/sections/", sections.sections, name="download-sections"),
    path("downloads/sections/<int:pk>/", sections.section, name="download-section"),
    path("downloads/sections/<int:pk>/move/", sections.move, name="download-section-move"),
    path("downloads/sections/<int:pk>/remove/", sections.remove, name="download-section-remove"),
    path("downloads/<uuid:pk>/", items.item, name="download"),
    path("downloads/<uuid:pk>/change/", items.change, name="download-change"),
    path("downloads/<uuid:pk>/replace/", items.replace, name="download-replace"),
    path("downloads/<uuid:pk>/move/", items.move, name="download-move"),
    path("downloads/<uuid:pk>/retire/", items.retire, name="download-retire"),
    path("downloads/<uuid:pk>/offer/", items.offer, name="download-offer"),
    path("downloads/<uuid:pk>/files/<uuid:file_id>/", items.file, name="download-file"),
    path("floor-plans/", plans.schools, name="plans"),
    path("floor-plans/schools/<int:pk>/", plans.of_school, name="plans-of"),
    path("floor-plans/schools/<int:pk>/new/", plans.add, name="plan-add"),
    path("floor-plans/<uuid:pk>/change/", plans.change, name="plan-change"),
    path("floor-plans/<uuid:pk>/retire/", plans.retire, name="plan-retire"),
    path("floor-plans/<uuid:pk>/restore/", plans.restore, name="plan-restore"),
    path("floor-plans/<uuid:pk>/file/", plans.file, name="plan-file"),
]
