"""The database itself refuses to change that a message was withdrawn."""

from django.db import migrations

from guildhall.mail.messages.frozen import RECALLS


class Migration(migrations.Migration):
    dependencies = [("mail_messages", "0005_recalls")]
    operations = [RECALLS.operation()]
