from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schoolcases', '0004_limits'),
    ]

    operations = [
        migrations.AddField(
            model_name='schoolcase',
            name='duty',
            field=models.CharField(blank=True, default='', max_length=20),
            preserve_default=False,
        ),
    ]
