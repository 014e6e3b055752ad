from django.apps import AppConfig


class KeyingConfig(AppConfig):
    name = "guildhall.work.keying"
    label = "keying"
    default_auto_field = "django.db.models.BigAutoField"
