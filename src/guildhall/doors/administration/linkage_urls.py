"""The addresses of matching: its thresholds and its weights."""

from django.urls import URLPattern, path

from . import linkage, linkage_models, linkage_training

urlpatterns: list[URLPattern] = [
    path("matching/", linkage.page, name="linkage"),
    path("matching/save/", linkage.save, name="linkage-save"),
    path("matching/changes/<int:pk>/put-back/", linkage.put_back, name="linkage-put-back"),
    path("matching/weights/", linkage_models.index, name="linkage-models"),
    path("matching/weights/learn/", linkage_training.begin, name="linkage-learn"),
    path("matching/weights/learn/<int:pk>/stop/", linkage_training.stop, name="linkage-learn-stop"),
    path("matching/weights/<int:number>/", linkage_models.compare, name="linkage-model"),
    path("matching/weights/<int:number>/use/", linkage_models.use, name="linkage-use"),
]
