"""Why an officer opened the record of a child with whom they had no work."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from guildhall.work.privacy.frozen import REASONS


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0004_odd_readings_breaches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="OpeningReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("child", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("safety", "Safety"),
                            ("cover", "Cover"),
                            ("check", "Check"),
                            ("other", "Other"),
                        ],
                        max_length=6,
                    ),
                ),
                ("words", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["by", "child", "until"], name="opening_reasons_in_force")],
            },
        ),
        REASONS.operation(),
    ]
