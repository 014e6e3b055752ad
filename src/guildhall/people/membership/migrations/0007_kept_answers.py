from django.db import migrations

from guildhall.people.membership.frozen import ANSWERS


class Migration(migrations.Migration):

    dependencies = [("membership", "0006_keyfobs")]

    operations = [ANSWERS.operation()]
