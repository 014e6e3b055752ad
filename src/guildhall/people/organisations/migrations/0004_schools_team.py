"""The team that hears of closures and of pupils' attendance from schools."""

from django.db import migrations

from guildhall.people.organisations.first import TEAMS


def add_teams(apps, schema_editor):
    Team = apps.get_model("organisations", "Team")
    for key, name in TEAMS.items():
        Team.objects.get_or_create(key=key, defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_service_teams")]
    operations = [migrations.RunPython(add_teams, migrations.RunPython.noop)]
