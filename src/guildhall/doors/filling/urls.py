from django.urls import URLPattern, URLResolver

app_name = "filling"

urlpatterns: list[URLPattern | URLResolver] = []
