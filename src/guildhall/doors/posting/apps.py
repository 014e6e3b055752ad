from django.apps import AppConfig


class PostingDoorConfig(AppConfig):
    name = "guildhall.doors.posting"
    label = "posting_door"
    default_auto_field = "django.db.models.BigAutoField"
