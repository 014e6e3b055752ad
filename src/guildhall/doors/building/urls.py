from django.urls import URLPattern, URLResolver

app_name = "building"

urlpatterns: list[URLPattern | URLResolver] = []
