from django.apps import AppConfig


class ManyConfig(AppConfig):
    name = "guildhall.work.many"
    label = "many"
    default_auto_field = "django.db.models.BigAutoField"
