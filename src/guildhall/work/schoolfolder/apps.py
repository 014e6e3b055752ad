from django.apps import AppConfig


class SchoolFolderConfig(AppConfig):
    name = "guildhall.work.schoolfolder"
    label = "schoolfolder"
    default_auto_field = "django.db.models.BigAutoField"
