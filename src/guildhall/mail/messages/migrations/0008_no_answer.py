"""Nobody can answer the message of an alert. A template that somebody has changed keeps their words."""

from django.db import migrations

WORDS = {
    "SEND – Informing a Portal User they are authenticated": {
        "body_en": (
            "If anything in your account is wrong, please tell us in an answer to this message.",
            "If anything in your account is wrong, please contact the SEND team."
            " You cannot answer this message.",
        ),
        "body_cy": (
            "Os oes unrhyw beth yn eich cyfrif yn anghywir, rhowch wybod i ni mewn ateb i'r neges hon.",
            "Os oes unrhyw beth yn eich cyfrif yn anghywir, cysylltwch â'r tîm AAAA."
            " Ni allwch ateb y neges hon.",
        ),
    },
    "SEND – Reminder to submit information": {
        "body_en": (
            "If you cannot send it, or need help, please tell us in an answer to this message.",
            "If you cannot send it, or need help, please contact the SEND team. You cannot answer this message.",
        ),
        "body_cy": (
            "Os na allwch ei hanfon, neu os oes angen help arnoch, rhowch wybod i ni mewn ateb i'r neges hon.",
            "Os na allwch ei hanfon, neu os oes angen help arnoch, cysylltwch â'r tîm AAAA."
            " Ni allwch ateb y neges hon.",
        ),
    },
}


def reword(apps, _editor):
    _replace(apps, was=0, becomes=1)


def take_back(apps, _editor):
    _replace(apps, was=1, becomes=0)


def _replace(apps, *, was, becomes):
    for one in apps.get_model("mail_messages", "MessageTemplate").objects.filter(name__in=WORDS, revision=1):
        for field, words in WORDS[one.name].items():
            setattr(one, field, getattr(one, field).replace(words[was], words[becomes]))
        one.save(update_fields=list(WORDS[one.name]))


class Migration(migrations.Migration):
    dependencies = [("mail_messages", "0007_submitted_forms")]
    operations = [migrations.RunPython(reword, take_back)]
