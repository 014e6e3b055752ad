from django.urls import URLPattern, URLResolver, path

from . import acting, listing, writing

PATTERNS: list[URLPattern | URLResolver] = [
    path("actions/", listing.actions, name="actions"),
    path("actions/export", listing.export, name="actions-export"),
    path("actions/several", listing.several, name="actions-several"),
    path("actions/new", writing.new, name="action-new"),
    path("actions/<int:pk>/", acting.action, name="action"),
    path("actions/<int:pk>/note", acting.note, name="action-note"),
    path("actions/<int:pk>/move", acting.move, name="action-move"),
    path("actions/<int:pk>/give", acting.give, name="action-give"),
    path("actions/<int:pk>/change", writing.change, name="action-change"),
    path("actions/<int:pk>/cancel", writing.cancel, name="action-cancel"),
]
