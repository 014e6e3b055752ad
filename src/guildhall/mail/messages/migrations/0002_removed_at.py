from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail_messages", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="removed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("to__isnull", False)), fields=["sent_at"], name="message_age"
            ),
        ),
    ]
