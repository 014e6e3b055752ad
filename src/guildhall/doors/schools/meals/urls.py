from django.urls import URLPattern, URLResolver, path

from . import asking, deciding, listing

PATTERNS: list[URLPattern | URLResolver] = [
    path("free-school-meals/", listing.pupils, name="meals"),
    path("free-school-meals/export", listing.export, name="meals-export"),
    path("free-school-meals/changes/", listing.amendments, name="meals-amendments"),
    path("free-school-meals/changes/new", asking.add, name="meals-add"),
    path("free-school-meals/<int:pk>/change", asking.change, name="meals-change"),
    path("free-school-meals/<int:pk>/remove", asking.remove, name="meals-remove"),
    path("free-school-meals/changes/<int:pk>/", deciding.amendment, name="meals-amendment"),
    path("free-school-meals/changes/<int:pk>/withdraw", deciding.withdraw, name="meals-withdraw"),
]
