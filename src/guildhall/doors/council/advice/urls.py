from django.urls import URLPattern, URLResolver, path

from . import asking_more, entries, lists, telling

PATTERNS: list[URLPattern | URLResolver] = [
    path("children/<int:pk>/advice/", lists.advice, name="advice"),
    path("children/<int:pk>/advice/csv/", lists.export, name="advice-csv"),
    path("children/<int:pk>/advice/pdf/", lists.paper, name="advice-pdf"),
    path("children/<int:pk>/advice/add/", entries.add, name="advice-add"),
    path("children/<int:pk>/advice/<int:entry_id>/", entries.entry, name="advice-entry"),
    path("children/<int:pk>/advice/<int:entry_id>/change/", entries.change, name="advice-change"),
    path("children/<int:pk>/advice/<int:entry_id>/remove/", entries.remove, name="advice-remove"),
    path("children/<int:pk>/advice/<int:entry_id>/put-back/", entries.put_back, name="advice-put-back"),
    path("children/<int:pk>/advice/<int:entry_id>/more/", asking_more.ask_more, name="advice-more"),
    path("children/<int:pk>/advice/<int:entry_id>/tell/", telling.tell, name="advice-tell"),
    path("children/<int:pk>/advice/<int:entry_id>/letter/<slug:kind>/", telling.letter, name="advice-letter"),
    path("children/<int:pk>/advice/<int:entry_id>/files/<uuid:file_id>/", entries.file, name="advice-file"),
]
