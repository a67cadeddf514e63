from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_what_people_show'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='stage',
            field=models.CharField(blank=True, choices=[('idea', 'An idea'), ('trying', 'Trying it out'), ('running', 'Running'), ('growing', 'Growing'), ('passing_on', 'Passing it on')], default='', max_length=10, verbose_name='stage'),
            preserve_default=False,
        ),
    ]
