from django.urls import path

from .views import front, pages

app_name = "families"

urlpatterns = [
    path("", front.front, name="front"),
    path("home", front.home, name="home"),
    path("about", pages.about, name="about"),
    path("contact-us", pages.contact, name="contact"),
    path("terms-and-conditions", pages.terms, name="terms"),
    path("privacy-notice", pages.privacy, name="privacy"),
    path("cookies-policy", pages.cookies, name="cookies"),
]
