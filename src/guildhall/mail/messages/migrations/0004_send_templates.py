"""The two templates that are supplied for SEND. The authority may change or delete them."""

from datetime import UTC, datetime

from django.db import migrations

AUTHENTICATED = {
    "name": "SEND – Informing a Portal User they are authenticated",
    "subject_en": "You can now follow the assessment in the portal",
    "body_en": (
        "Dear {forename} {surname},\n\n"
        "We have checked who you are. You can now use the portal to follow the assessment that you are part of.\n\n"
        "Sign in, then open **Messages** to read what we send you. Open **Sent forms** to see what you sent us.\n\n"
        "If anything in your account is wrong, please tell us in an answer to this message.\n\n"
        "The SEND team"
    ),
    "subject_cy": "Gallwch nawr ddilyn yr asesiad yn y porth",
    "body_cy": (
        "Annwyl {forename} {surname},\n\n"
        "Rydym wedi gwirio pwy ydych chi. Gallwch nawr ddefnyddio'r porth i ddilyn yr asesiad rydych yn rhan ohono.\n\n"
        "Mewngofnodwch, yna agorwch **Negeseuon** i ddarllen yr hyn rydym yn ei anfon atoch."
        " Agorwch **Ffurflenni wedi'u hanfon** i weld yr hyn a anfonoch atom.\n\n"
        "Os oes unrhyw beth yn eich cyfrif yn anghywir, rhowch wybod i ni mewn ateb i'r neges hon.\n\n"
        "Y tîm AAAA"
    ),
}
REMINDER = {
    "name": "SEND – Reminder to submit information",
    "subject_en": "Please send us the information we asked for",
    "body_en": (
        "Dear {forename} {surname},\n\n"
        "We asked you for information for an assessment, and have not had it yet.\n\n"
        "Please send it through the portal as soon as you can. If you have begun a form,"
        " you will find it under **Saved forms**.\n\n"
        "If you cannot send it, or need help, please tell us in an answer to this message.\n\n"
        "The SEND team"
    ),
    "subject_cy": "Anfonwch y wybodaeth y gofynnom amdani",
    "body_cy": (
        "Annwyl {forename} {surname},\n\n"
        "Gofynnom i chi am wybodaeth ar gyfer asesiad, ac nid yw wedi dod i law eto.\n\n"
        "Anfonwch hi trwy'r porth cyn gynted ag y gallwch. Os ydych wedi dechrau ffurflen,"
        " fe'i cewch o dan **Ffurflenni wedi'u cadw**.\n\n"
        "Os na allwch ei hanfon, neu os oes angen help arnoch, rhowch wybod i ni mewn ateb i'r neges hon.\n\n"
        "Y tîm AAAA"
    ),
}
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def supply(apps, _editor):
    template = apps.get_model("mail_messages", "MessageTemplate")
    for words in (AUTHENTICATED, REMINDER):
        template.objects.get_or_create(name=words["name"], defaults=words | {"changed_at": FIRST_DAY})


def take_back(apps, _editor):
    """Only those that nobody has touched."""
    template = apps.get_model("mail_messages", "MessageTemplate")
    template.objects.filter(name__in=[AUTHENTICATED["name"], REMINDER["name"]], revision=1).delete()


class Migration(migrations.Migration):
    dependencies = [("mail_messages", "0003_templates")]
    operations = [migrations.RunPython(supply, take_back)]
