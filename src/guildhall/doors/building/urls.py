from django.urls import URLPattern, URLResolver

from . import making_urls, release_urls

app_name = "building"

urlpatterns: list[URLPattern | URLResolver] = [*release_urls.urlpatterns, *making_urls.urlpatterns]
