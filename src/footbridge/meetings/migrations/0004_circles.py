import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circles", "0001_circles"),
        ("meetings", "0003_talks"),
    ]

    operations = [
        migrations.AddField(
            model_name="series",
            name="circle",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="series",
                to="circles.circle",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="circle",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sessions",
                to="circles.circle",
            ),
        ),
    ]
