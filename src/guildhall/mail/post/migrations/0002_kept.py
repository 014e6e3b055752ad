from django.db import migrations

from guildhall.mail.post.frozen import KEPT


class Migration(migrations.Migration):

    dependencies = [("post", "0001_initial")]

    operations = [KEPT.operation()]
