from django.db import migrations, models


def say_in_both(apps, schema_editor):
    """What was written in one language stands for both."""
    for one in apps.get_model("schoolfinance", "Asked").objects.all():
        one.title_both = dict.fromkeys(("en", "cy"), one.title)
        one.guidance_both = dict.fromkeys(("en", "cy"), one.guidance)
        for line in one.lines:
            line["label"] = dict.fromkeys(("en", "cy"), line["label"])
        one.save(update_fields=["title_both", "guidance_both", "lines"])


class Migration(migrations.Migration):

    dependencies = [
        ("schoolfinance", "0001_initial"),
    ]

    operations = [
        migrations.AddField("asked", "title_both", models.JSONField(default=dict)),
        migrations.AddField("asked", "guidance_both", models.JSONField(default=dict)),
        migrations.RunPython(say_in_both),
        migrations.RemoveField("asked", "title"),
        migrations.RemoveField("asked", "guidance"),
        migrations.RenameField("asked", "title_both", "title"),
        migrations.RenameField("asked", "guidance_both", "guidance"),
        migrations.AlterField("asked", "title", models.JSONField()),
        migrations.AlterField("asked", "guidance", models.JSONField()),
    ]
