from django.apps import AppConfig


class DocumentstoreConfig(AppConfig):
    name = "guildhall.work.documentstore"
    label = "documentstore"
    default_auto_field = "django.db.models.BigAutoField"
