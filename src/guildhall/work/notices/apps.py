from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "guildhall.work.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
