from django.urls import URLPattern, URLResolver, path

from . import lists, loading, working

PATTERNS: list[URLPattern | URLResolver] = [
    path("free-school-meals/", working.worklist, name="meals"),
    path("free-school-meals/changes/<int:pk>/", working.amendment, name="meals-amendment"),
    path("free-school-meals/schools/<int:pk>/", lists.of_school, name="meals-list"),
    path("free-school-meals/schools/<int:pk>/export/", lists.export, name="meals-export"),
    path("free-school-meals/pupils/<int:pk>/remove/", lists.remove, name="meals-remove"),
    path("free-school-meals/pupils/<int:pk>/put-back/", lists.put_back, name="meals-put-back"),
    path("free-school-meals/load/", loading.upload, name="meals-load"),
    path("free-school-meals/load/template/", loading.template, name="meals-template"),
    path("free-school-meals/load/applications/", loading.applications, name="meals-applications"),
    path("free-school-meals/load/<int:pk>/", loading.preview, name="meals-loading"),
    path("free-school-meals/load/<int:pk>/decide/", loading.decide, name="meals-loading-decide"),
]
