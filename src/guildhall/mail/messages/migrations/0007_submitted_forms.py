"""The page is called Submitted forms. A template that somebody has changed keeps their words."""

from django.db import migrations

NAME = "SEND – Informing a Portal User they are authenticated"
WAS, IS = (
    {"body_en": "**Sent forms**", "body_cy": "**Ffurflenni wedi'u hanfon**"},
    {"body_en": "**Submitted forms**", "body_cy": "**Ffurflenni a gyflwynwyd**"},
)


def renaming(old, new):
    def rename(apps, _editor):
        for one in apps.get_model("mail_messages", "MessageTemplate").objects.filter(name=NAME, revision=1):
            for field in old:
                setattr(one, field, getattr(one, field).replace(old[field], new[field]))
            one.save(update_fields=list(old))

    return rename


class Migration(migrations.Migration):
    dependencies = [("mail_messages", "0006_recalls_stay")]
    operations = [migrations.RunPython(renaming(WAS, IS), renaming(IS, WAS))]
