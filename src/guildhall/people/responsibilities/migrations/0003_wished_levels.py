from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('responsibilities', '0002_first_list_and_kept_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='wish',
            name='level',
            field=models.CharField(blank=True, choices=[('lead', 'Lead'), ('interested', 'Interested')], default='', max_length=10),
            preserve_default=False,
        ),
    ]
