"""The addresses of the folder, below those of the schools' site."""

from django.urls import URLPattern, path

from . import access, reading, sections, writing

PATTERNS: list[URLPattern] = [
    path("folder/", reading.folder, name="folder"),
    path("folder/add", writing.add, name="folder-add"),
    path("folder/removed", writing.removed, name="folder-removed"),
    path("folder/sub-folders/", sections.sections, name="folder-sections"),
    path("folder/sub-folders/<int:pk>/", sections.section, name="folder-section"),
    path("folder/<uuid:pk>/", reading.document, name="folder-document"),
    path("folder/<uuid:pk>/change", writing.change, name="folder-change"),
    path("folder/<uuid:pk>/replace", writing.replace, name="folder-replace"),
    path("folder/<uuid:pk>/remove", writing.remove, name="folder-remove"),
    path("folder/<uuid:pk>/put-back", writing.put_back, name="folder-put-back"),
    path("folder/<uuid:pk>/files/<uuid:file_id>", reading.file, name="folder-file"),
    path("account-management/folder-access", access.access, name="folder-access"),
]
