from django.apps import AppConfig


class AnnualReviewsConfig(AppConfig):
    name = "guildhall.work.annualreviews"
    label = "annualreviews"
    default_auto_field = "django.db.models.BigAutoField"
