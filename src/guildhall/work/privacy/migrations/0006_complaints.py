"""Complaints about the use of information: acknowledged in time; what was written on the way."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0005_opening_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rightsrequest",
            name="acknowledged_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="rightsrequest",
            name="acknowledged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rightsrequest",
            name="letters",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="rightsrequest",
            name="right",
            field=models.CharField(
                choices=[
                    ("access", "Access"),
                    ("rectification", "Rectification"),
                    ("restriction", "Restriction"),
                    ("erasure", "Erasure"),
                    ("objection", "Objection"),
                    ("complaint", "Complaint"),
                ],
                max_length=13,
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                    models.Q(("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True)),
                    _connector="OR",
                ),
                name="privacy_rightsrequest_acknowledged_at_acknowledged_by",
            ),
        ),
    ]
