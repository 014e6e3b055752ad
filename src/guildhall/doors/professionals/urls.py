from django.urls import URLPattern, URLResolver

app_name = "professionals"

urlpatterns: list[URLPattern | URLResolver] = []
