from django.urls import path

from .views import asked, choosing, family, front, looked, pages, process, services, shared

app_name = "families"

urlpatterns = [
    path("", front.front, name="front"),
    path("social-care", front.front, name="social-care"),
    path("early-help", front.front, name="early-help"),
    path("home", front.home, name="home"),
    path("announcements", front.announced, name="announced"),
    path("public", front.public, name="public"),
    path("services/<slug:service>/", services.service, name="service"),
    path("family/", family.family, name="family"),
    path("family/add", family.add_child, name="add-child"),
    path("family/<uuid:child_id>/", family.change_child, name="child"),
    path("family/<uuid:child_id>/looked", looked.looked, name="looked"),
    path("family/<uuid:child_id>/remove", family.remove_child, name="remove-child"),
    path("family/<uuid:child_id>/bring-back", family.bring_back, name="bring-back"),
    path("send/", choosing.choose_person, name="choose-person"),
    path("send/me/details", choosing.my_details, name="my-details"),
    path("send/me/", choosing.own_forms, name="own-forms"),
    path("send/<uuid:child_id>/", choosing.forms_of_child, name="forms"),
    path("process/", process.processes, name="processes"),
    path("process/<int:involvement_id>/", process.process, name="process"),
    path("shared/", shared.shared, name="shared"),
    path("shared/<uuid:shared_id>/", shared.shared_form, name="shared-form"),
    path("shared/<uuid:shared_id>/pdf/", shared.shared_pdf, name="shared-pdf"),
    path("shared/<uuid:shared_id>/files/<uuid:file_id>/", shared.shared_file, name="shared-file"),
    path("asked/", asked.asked, name="asked"),
    path("asked/<uuid:key>/", asked.asked_one, name="asked-one"),
    path("asked/<uuid:key>/files/<uuid:file_id>/", asked.asked_file, name="asked-file"),
    path("about", pages.about, name="about"),
    path("contact-us", pages.contact, name="contact"),
    path("terms-and-conditions", pages.terms, name="terms"),
    path("privacy-notice", pages.privacy, name="privacy"),
    path("cookies-policy", pages.cookies, name="cookies"),
]
