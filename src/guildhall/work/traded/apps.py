from django.apps import AppConfig


class TradedConfig(AppConfig):
    name = "guildhall.work.traded"
    label = "traded"
    default_auto_field = "django.db.models.BigAutoField"
