from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("children", "0004_keys_with_initials")]

    operations = [
        migrations.AddField(
            model_name="child",
            name="uln",
            field=models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(
                condition=models.Q(("uln", ""), _negated=True), fields=["uln"], name="child_uln"
            ),
        ),
    ]
