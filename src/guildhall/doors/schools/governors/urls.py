"""The addresses of the governors' area, below those of the schools' site."""

from django.urls import URLPattern, path

from . import access, area, keeping, reading, training

PATTERNS: list[URLPattern] = [
    path("governors/", area.area, name="governors"),
    path("governors/news/", area.news, name="governors-news"),
    path("governors/papers/", reading.meetings, name="governors-papers"),
    path("governors/papers/withdrawn", reading.withdrawn, name="governors-withdrawn"),
    path("governors/papers/access", access.access, name="governors-access"),
    path("governors/papers/meetings/new", keeping.add_meeting, name="governors-meeting-add"),
    path("governors/papers/meetings/<int:pk>/", reading.meeting, name="governors-meeting"),
    path(
        "governors/papers/meetings/<int:pk>/change", keeping.change_meeting, name="governors-meeting-change"
    ),
    path(
        "governors/papers/meetings/<int:pk>/remove", keeping.remove_meeting, name="governors-meeting-remove"
    ),
    path("governors/papers/meetings/<int:pk>/add", keeping.add_paper, name="governors-paper-add"),
    path("governors/papers/<uuid:pk>/", reading.paper, name="governors-paper"),
    path("governors/papers/<uuid:pk>/replace", keeping.replace, name="governors-paper-replace"),
    path("governors/papers/<uuid:pk>/withdraw", keeping.withdraw, name="governors-paper-withdraw"),
    path("governors/papers/<uuid:pk>/put-back", keeping.put_back, name="governors-paper-put-back"),
    path("governors/papers/<uuid:pk>/files/<uuid:file_id>", reading.file, name="governors-file"),
    path("governors/training/", training.courses, name="governors-training"),
    path("governors/training/record", training.record, name="governors-record"),
    path("governors/training/<int:pk>/", training.course, name="governors-course"),
    path("governors/training/<int:pk>/book", training.book, name="governors-book"),
    path("governors/training/<int:pk>/cancel", training.cancel, name="governors-cancel"),
]
