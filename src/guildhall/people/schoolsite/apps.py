from django.apps import AppConfig


class SchoolSiteConfig(AppConfig):
    name = "guildhall.people.schoolsite"
    label = "schoolsite"
    default_auto_field = "django.db.models.BigAutoField"
