from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('many', '0001_forms_for_many_children'),
    ]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='asked',
            field=models.JSONField(default=list),
        ),
    ]
