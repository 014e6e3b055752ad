from django.urls import URLPattern, URLResolver

from . import release_urls

app_name = "building"

urlpatterns: list[URLPattern | URLResolver] = [*release_urls.urlpatterns]
