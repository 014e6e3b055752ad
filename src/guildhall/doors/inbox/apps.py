from django.apps import AppConfig


class InboxDoorConfig(AppConfig):
    name = "guildhall.doors.inbox"
    label = "inbox_door"
    default_auto_field = "django.db.models.BigAutoField"
