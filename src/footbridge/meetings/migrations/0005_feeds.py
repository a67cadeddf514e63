import django.db.models.deletion
import footbridge.core.clock
import footbridge.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0004_circles'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedRenewal',
            fields=[
                ('id', models.UUIDField(default=footbridge.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('feed', models.UUIDField()),
                ('since', models.DateTimeField(default=footbridge.core.clock.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'feed'), name='feed_renewed_once')],
            },
        ),
    ]
