from django.urls import URLPattern, URLResolver, path

from . import forwarding, inbox, items, returning, school

PATTERNS: list[URLPattern | URLResolver] = [
    path("post/", inbox.inbox, name="post"),
    path("post/change", inbox.change, name="post-change"),
    path("post/all/", school.everything, name="all-post"),
    path("post/all/prompt", school.prompt, name="post-prompt"),
    path("post/<int:pk>/", items.item, name="post-item"),
    path("post/<int:pk>/archive", items.archive, name="post-archive"),
    path("post/<int:pk>/done", items.done, name="post-done"),
    path("post/<int:pk>/files", items.all_files, name="post-files"),
    path("post/<int:pk>/files/<uuid:file_id>", items.file, name="post-file"),
    path("post/<int:pk>/forward", forwarding.forward, name="post-forward"),
    path("post/<int:pk>/return", returning.return_file, name="post-return"),
    path("post/<int:pk>/returned/<uuid:returned_id>", returning.returned, name="post-returned"),
]
