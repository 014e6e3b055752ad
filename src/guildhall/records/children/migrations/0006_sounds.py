from django.db import migrations, models

from guildhall.records.children.folding import sound

_AT_ONCE = 1_000


def give_sounds(apps, _schema_editor):
    """Records that are there already are found by how their names sound, too."""
    child = apps.get_model("children", "Child")
    some = []
    for record in child.objects.only("surname_key", "forename_key").iterator(chunk_size=_AT_ONCE):
        record.surname_sound, record.forename_sound = sound(record.surname_key), sound(record.forename_key)
        some.append(record)
        if len(some) == _AT_ONCE:
            child.objects.bulk_update(some, ["surname_sound", "forename_sound"])
            some = []
    child.objects.bulk_update(some, ["surname_sound", "forename_sound"])


class Migration(migrations.Migration):

    dependencies = [("children", "0005_learner_number")]

    operations = [
        migrations.AddField(
            model_name="child",
            name="surname_sound",
            field=models.CharField(blank=True, default="", max_length=5),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="child",
            name="forename_sound",
            field=models.CharField(blank=True, default="", max_length=5),
            preserve_default=False,
        ),
        migrations.RunPython(give_sounds, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(fields=["surname_sound", "forename_sound"], name="child_sounds"),
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(fields=["surname_sound", "born_on"], name="child_surname_sound"),
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(fields=["forename_sound", "born_on"], name="child_forename_sound"),
        ),
    ]
