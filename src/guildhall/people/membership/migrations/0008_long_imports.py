from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("membership", "0007_kept_answers")]

    operations = [
        migrations.AddField("userimport", "done", models.PositiveIntegerField(default=0)),
        migrations.AddField("userimport", "left_out", models.JSONField(default=list)),
    ]
