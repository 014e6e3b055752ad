from django.urls import path

from guildhall.doors.families.views import asked, process, shared

from . import invitation, views

app_name = "professionals"

urlpatterns = [
    path("", views.home, name="home"),
    path("process/", process.processes, name="processes"),
    path("process/<int:involvement_id>/", process.process, name="process"),
    path("shared/", shared.shared, name="shared"),
    path("shared/<uuid:shared_id>/", shared.shared_form, name="shared-form"),
    path("shared/<uuid:shared_id>/pdf/", shared.shared_pdf, name="shared-pdf"),
    path("shared/<uuid:shared_id>/files/<uuid:file_id>/", shared.shared_file, name="shared-file"),
    path("asked/", asked.asked, name="asked"),
    path("asked/<uuid:key>/", asked.asked_one, name="asked-one"),
    path("asked/<uuid:key>/files/<uuid:file_id>/", asked.asked_file, name="asked-file"),
    path("invitation/<slug:key>", invitation.invitation, name="invitation"),
]
