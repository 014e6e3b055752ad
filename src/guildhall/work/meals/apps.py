from django.apps import AppConfig


class MealsConfig(AppConfig):
    name = "guildhall.work.meals"
    label = "meals"
    default_auto_field = "django.db.models.BigAutoField"
