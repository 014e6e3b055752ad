from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "guildhall.records.persons"
    label = "persons"
    default_auto_field = "django.db.models.BigAutoField"
