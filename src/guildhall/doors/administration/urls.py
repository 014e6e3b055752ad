from django.urls import URLPattern, URLResolver, path

from . import (
    announcements,
    branding,
    cache,
    consent_urls,
    eligibility,
    footer,
    home,
    people_urls,
    school_urls,
    settings,
    texts_urls,
    tiles,
)

app_name = "administration"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("settings/", settings.index, name="settings"),
    path("settings/ecs/test/", eligibility.test, name="ecs-test"),
    path("settings/look/logo/", branding.logo, name="logo"),
    path("settings/changes/<int:pk>/restore/", settings.restore, name="setting-restore"),
    path("settings/<slug:page>/", settings.setting, name="setting"),
    path("settings/<slug:page>/history/", settings.history, name="setting-history"),
    path("announcements/", announcements.announcements, name="announcements"),
    path("announcements/read/", announcements.announced, name="announced"),
    path("announcements/versions/<int:pk>/restore/", announcements.restore, name="announcements-restore"),
    path("tiles/", tiles.index, name="tiles"),
    path("tiles/<slug:tile>/", tiles.tile, name="tile"),
    path("tiles/<slug:tile>/versions/<int:pk>/restore/", tiles.restore, name="tile-restore"),
    path("footer/", footer.index, name="footer"),
    path("footer/<slug:page>/", footer.page, name="footer-page"),
    path("footer/<slug:page>/versions/<int:pk>/restore/", footer.restore, name="footer-restore"),
    path("cache/", cache.cache, name="cache"),
    path("cache/<slug:item>/clear/", cache.clear, name="cache-clear"),
    path("consent/cache/", cache.consent_cache, name="consent-cache"),
    path("consent/cache/<slug:item>/clear/", cache.consent_clear, name="consent-cache-clear"),
    *consent_urls.urlpatterns,
    *texts_urls.urlpatterns,
    *people_urls.urlpatterns,
    *school_urls.urlpatterns,
]
