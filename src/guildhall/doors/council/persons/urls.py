from django.urls import URLPattern, URLResolver, path

from . import keeping, linking, looking, relating

PATTERNS: list[URLPattern | URLResolver] = [
    path("persons/", looking.persons, name="persons"),
    path("persons/add/", keeping.add, name="person-add"),
    path("persons/<int:pk>/", looking.person, name="person"),
    path("persons/<int:pk>/change/", keeping.change, name="person-change"),
    path("persons/<int:pk>/remove/", keeping.remove, name="person-remove"),
    path("persons/<int:pk>/put-back/", keeping.put_back, name="person-put-back"),
    path("persons/links/<int:pk>/undo/", linking.undo, name="person-unlink"),
    path("children/<int:pk>/adults/", relating.adults, name="child-adults"),
    path("children/<int:pk>/adults/add/", relating.add, name="child-adult-add"),
    path("children/<int:pk>/adults/choose/", relating.choose, name="child-adult-choose"),
    path("children/<int:pk>/adults/<int:person>/", relating.relation, name="child-adult"),
    path("children/<int:pk>/sharing/<int:entry_id>/person/", linking.link, name="person-link"),
]
