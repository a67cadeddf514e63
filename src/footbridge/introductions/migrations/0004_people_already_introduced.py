from django.db import migrations


def acquaint(apps, schema_editor):
    """Whoever was introduced before this was kept is known to the other from that moment on."""
    introduction = apps.get_model("introductions", "Introduction")
    acquaintance = apps.get_model("people", "Acquaintance")
    made = introduction.objects.filter(introduced_at__isnull=False).order_by("introduced_at", "id")
    pairs = {}
    for seeker, target, since in made.values_list("seeker_id", "target_id", "introduced_at"):
        pairs.setdefault((seeker, target), since)
        pairs.setdefault((target, seeker), since)
    rows = [
        acquaintance(person_id=person, other_id=other, since=since)
        for (person, other), since in pairs.items()
    ]
    acquaintance.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("introductions", "0003_versions"),
        ("people", "0004_what_people_show"),
    ]

    operations = [migrations.RunPython(acquaint, migrations.RunPython.noop)]
