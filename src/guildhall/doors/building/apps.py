from django.apps import AppConfig


class BuildingDoorConfig(AppConfig):
    name = "guildhall.doors.building"
    label = "building_door"
    default_auto_field = "django.db.models.BigAutoField"
