from django.urls import URLPattern, path

from . import courses, news

PATTERNS: list[URLPattern] = [
    path("governors/", courses.courses, name="governors"),
    path("governors/courses/new/", courses.add, name="course-add"),
    path("governors/courses/<int:pk>/", courses.course, name="course"),
    path("governors/courses/<int:pk>/change/", courses.change, name="course-change"),
    path("governors/courses/<int:pk>/cancel/", courses.cancel, name="course-cancel"),
    path("governors/courses/<int:pk>/export/", courses.export, name="course-export"),
    path("governors/news/", news.news, name="governors-news"),
    path("governors/news/new/", news.add, name="news-add"),
    path("governors/news/<int:pk>/change/", news.change, name="news-change"),
    path("governors/news/<int:pk>/remove/", news.remove, name="news-remove"),
    path("governors/news/<int:pk>/put-back/", news.put_back, name="news-put-back"),
]
