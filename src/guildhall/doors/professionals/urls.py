from django.urls import path

from guildhall.doors.families.views import shared

from . import invitation, views

app_name = "professionals"

urlpatterns = [
    path("", views.home, name="home"),
    path("shared/", shared.shared, name="shared"),
    path("shared/<uuid:shared_id>/", shared.shared_form, name="shared-form"),
    path("shared/<uuid:shared_id>/pdf/", shared.shared_pdf, name="shared-pdf"),
    path("shared/<uuid:shared_id>/files/<uuid:file_id>/", shared.shared_file, name="shared-file"),
    path("invitation/<slug:key>", invitation.invitation, name="invitation"),
]
