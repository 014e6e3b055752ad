from itertools import groupby, product

from django.db import migrations, models

_AT_ONCE = 1_000


def give_keys(apps, _schema_editor):
    """Records that are there already get, of the names they are found by, each surname with each initial."""
    also_key = apps.get_model("children", "AlsoKey")
    names = also_key.objects.filter(kind__in=["surname", "forename"]).order_by("child_id")
    columns = ("child_id", "child__surname_key", "child__forename_key", "kind", "value")
    rows = names.values_list(*columns).iterator(chunk_size=_AT_ONCE)
    new = []
    for (child, surname, forename), keys in groupby(rows, key=lambda row: row[:3]):
        spelt = {"surname": {surname}, "forename": {forename}}
        for *_, kind, value in keys:
            spelt[kind].add(value)
        both = {
            f"{one[:90]} {other[:1]}"
            for one, other in product(spelt["surname"] - {""}, spelt["forename"] - {""})
        }
        own = {f"{surname[:90]} {forename[:1]}"}
        new += [also_key(child_id=child, kind="initial", value=value) for value in both - own]
        if len(new) >= _AT_ONCE:
            also_key.objects.bulk_create(new)
            new = []
    also_key.objects.bulk_create(new)


class Migration(migrations.Migration):

    dependencies = [("children", "0003_restriction")]

    operations = [
        migrations.AlterField(
            model_name="alsokey",
            name="kind",
            field=models.CharField(
                choices=[
                    ("surname", "Surname"),
                    ("forename", "Forename"),
                    ("initial", "Initial"),
                    ("postcode", "Postcode"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
