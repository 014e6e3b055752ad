from datetime import UTC, datetime

from django.db import migrations

from guildhall.people.accounts.first import statement


def publish_first_statement(apps, schema_editor):
    ConsentStatement = apps.get_model("accounts", "ConsentStatement")
    if not ConsentStatement.objects.exists():
        ConsentStatement.objects.create(published_at=datetime(2020, 1, 1, tzinfo=UTC), **statement())


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_sign_in")]

    operations = [migrations.RunPython(publish_first_statement, migrations.RunPython.noop)]
