from django.db import migrations, models

from guildhall.records.linkage.finding import name_words
from guildhall.records.linkage.identity import Identity

_AT_ONCE = 1_000


def give_words(apps, _schema_editor):
    """Those who were written about before are found by name, too: a thousand at once, by number."""
    mention = apps.get_model("linkage", "Mention")
    last = 0
    while some := list(mention.objects.filter(pk__gt=last).order_by("pk").only("identity")[:_AT_ONCE]):
        for each in some:
            each.name_words = name_words(Identity.from_json(each.identity))
        mention.objects.bulk_update(some, ["name_words"])
        last = some[-1].pk


class Migration(migrations.Migration):

    dependencies = [("linkage", "0009_waiting_looked_at")]

    operations = [
        migrations.AddField(
            model_name="mention",
            name="name_words",
            field=models.CharField(blank=True, default="", max_length=600),
        ),
        migrations.RunPython(give_words, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["state", "name_words", "id"], name="mention_by_words"),
        ),
    ]
