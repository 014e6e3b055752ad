from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('linkage', '0008_asked_trainings'),
    ]

    operations = [
        migrations.AddField(
            model_name='mention',
            name='looked_at',
            field=models.DateTimeField(null=True),
        ),
    ]
