from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0006_complaints")]

    operations = [migrations.AddField("runline", "chosen", models.BooleanField(default=False))]
