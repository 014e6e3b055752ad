from django.urls import URLPattern, URLResolver, path

from . import board, dates, excusing, limits, markers

PATTERNS: list[URLPattern | URLResolver] = [
    path("process/", board.board, name="process-board"),
    path("process/export/", board.export, name="process-export"),
    path("process/forecast/", board.forecast, name="process-forecast"),
    path("process/limits/", limits.limits, name="process-limits"),
    path("children/<int:pk>/process/", dates.process, name="child-process"),
    path("children/<int:pk>/process/start/", dates.start, name="process-start"),
    path("children/<int:pk>/process/<int:process_id>/dates/", dates.change, name="process-dates"),
    path("children/<int:pk>/process/<int:process_id>/undo/", dates.undo, name="process-undo"),
    path("children/<int:pk>/process/<int:process_id>/markers/", markers.add, name="process-marker"),
    path(
        "children/<int:pk>/process/<int:process_id>/markers/remove/",
        markers.remove,
        name="process-marker-remove",
    ),
    path("children/<int:pk>/process/<int:process_id>/exceptions/", excusing.add, name="process-excuse"),
    path(
        "children/<int:pk>/process/exceptions/<int:excuse_id>/withdraw/",
        excusing.withdraw,
        name="process-excuse-withdraw",
    ),
]
