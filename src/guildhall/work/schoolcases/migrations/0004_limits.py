import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forms', '0005_publications'),
        ('responsibilities', '0002_first_list_and_kept_changes'),
        ('schoolcases', '0003_reviews'),
    ]

    operations = [
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.form')),
                ('responsibility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='responsibilities.responsibility')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'responsibility'), name='one_limit_a_responsibility')],
            },
        ),
    ]
