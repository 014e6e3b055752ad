"""The addresses of whole files that are compared."""

from django.urls import URLPattern, path

from . import linkage_batch

app_name = "batches"

urlpatterns: list[URLPattern] = [
    path("", linkage_batch.index, name="list"),
    path("<int:pk>/", linkage_batch.run, name="run"),
    path("<int:pk>/decide/", linkage_batch.decide, name="decide"),
    path("<int:pk>/pairs/<int:pair>/undo/", linkage_batch.undo, name="undo"),
    path("<int:pk>/add/", linkage_batch.add, name="add"),
    path("<int:pk>/rows/<int:row>/undo/", linkage_batch.undo_row, name="undo-row"),
    path("<int:pk>/problems.csv", linkage_batch.problems, name="problems"),
    path("<int:pk>/pairs.csv", linkage_batch.download, name="download"),
    path("<int:pk>/remove/", linkage_batch.remove, name="remove"),
]
