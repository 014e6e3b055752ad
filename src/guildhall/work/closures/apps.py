from django.apps import AppConfig


class ClosuresConfig(AppConfig):
    name = "guildhall.work.closures"
    label = "closures"
    default_auto_field = "django.db.models.BigAutoField"
