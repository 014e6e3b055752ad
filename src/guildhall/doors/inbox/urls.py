from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "inbox"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.inbox, name="list"),
    path("<uuid:message_id>/", views.message, name="message"),
    path("about/<slug:reference>/", views.conversation, name="conversation"),
    path("about/<slug:reference>/files/<uuid:file_id>/", views.file, name="file"),
]
