from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('keying', '0001_forms_for_others'),
    ]

    operations = [
        migrations.AddField(
            model_name='keyed',
            name='language',
            field=models.CharField(default='en', max_length=2),
        ),
    ]
