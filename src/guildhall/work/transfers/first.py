"""The guide to file transfer that the schools' site starts with."""

from typing import Any

GUIDE: dict[str, Any] = {
    "kind": "guide",
    "title": {"en": "File transfer and learner numbers", "cy": "Trosglwyddo ffeiliau a rhifau dysgwr"},
    "screens": ["transfers"],
    "words": {
        "en": """*File transfer* carries pupils' files (CTF) from one school to another, and \
between schools and the \
council. You see it under *Secure services* if your supervisor lets you use it.

**When a pupil leaves you for another school**, make a CTF in your own system and choose *Send a \
file*. The file is checked at once. If something is wrong, you read what and at which line, and \
nothing is kept. If it is right, you see what was read. Then press *Send*. The law asks for it \
within 15 school days.

**When you do not know where the pupil went**, your system makes a file with XXXXXXX in its name. It \
holds one pupil and goes to *Lost pupils*. **When the pupil left for** a school that is not \
maintained or is outside England and Wales, for a known place overseas, or for home education, the \
name has MMMMMMM. You choose the reason.

**When a file comes**, you get an email. Open it under *Received*, look at the pupils and press \
*Download the file*. Then import it into your system. Both schools see who uploaded and downloaded \
it, and when. If nobody downloads it in 5 school days, you get a reminder. Files are deleted after \
two months.

**If you made a mistake**, open the file and choose *Withdraw*. You can do that until it is \
downloaded.

**When you admit a pupil and no file comes**, choose *Lost pupils*. Search by UPN, or by family name \
and date of birth, and say why. If the pupil is there, choose *Claim this pupil*. The last school is \
told, and you can download the file. Every search is kept.

**To get unique learner numbers**, make a ULN file of students aged 14 or over and send it to the \
council. The next working day the results come. You get an email, a file for your system, and a list \
of who was not matched.""",
        "cy": """Mae *Trosglwyddo ffeiliau* yn cludo ffeiliau disgyblion (CTF) o un ysgol i'r \
llall, a rhwng ysgolion \
a'r cyngor. Byddwch yn ei weld o dan *Gwasanaethau diogel* os yw eich goruchwyliwr yn gadael i chi \
ei ddefnyddio.

**Pan fydd disgybl yn eich gadael am ysgol arall**, gwnewch CTF yn eich system eich hun a dewiswch \
*Anfon ffeil*. Caiff y ffeil ei gwirio ar unwaith. Os oes rhywbeth o'i le, byddwch yn darllen beth \
ac ar ba linell, ac ni chedwir dim. Os yw'n gywir, fe welwch yr hyn a ddarllenwyd. Yna pwyswch \
*Anfon*. Mae'r gyfraith yn gofyn amdani o fewn 15 diwrnod ysgol.

**Pan na wyddoch i ble yr aeth y disgybl**, mae eich system yn gwneud ffeil gydag XXXXXXX yn ei \
henw. Mae'n cynnwys un disgybl ac yn mynd i *Disgyblion coll*. **Pan adawodd y disgybl am** ysgol \
nas cynhelir neu sydd y tu allan i Gymru a Lloegr, am le hysbys dramor, neu am addysg gartref, mae \
MMMMMMM yn yr enw. Chi sy'n dewis y rheswm.

**Pan ddaw ffeil**, byddwch yn cael e-bost. Agorwch hi o dan *Derbyniwyd*, edrychwch ar y disgyblion \
a phwyswch *Lawrlwytho'r ffeil*. Yna mewnforiwch hi i'ch system. Mae'r ddwy ysgol yn gweld pwy a'i \
huwchlwythodd ac a'i lawrlwythodd, a phryd. Os nad oes neb yn ei lawrlwytho o fewn 5 diwrnod ysgol, \
byddwch yn cael nodyn atgoffa. Caiff ffeiliau eu dileu ar ôl dau fis.

**Os gwnaethoch gamgymeriad**, agorwch y ffeil a dewiswch *Tynnu'n ôl*. Gallwch wneud hynny nes iddi \
gael ei lawrlwytho.

**Pan fyddwch yn derbyn disgybl ac nad oes ffeil yn dod**, dewiswch *Disgyblion coll*. Chwiliwch yn \
ôl UPN, neu yn ôl cyfenw a dyddiad geni, a dywedwch pam. Os yw'r disgybl yno, dewiswch *Hawlio'r \
disgybl hwn*. Caiff yr ysgol ddiwethaf wybod, a gallwch lawrlwytho'r ffeil. Cedwir pob chwiliad.

**I gael rhifau dysgwr unigryw**, gwnewch ffeil ULN o fyfyrwyr 14 oed neu'n hŷn a'i hanfon at y \
cyngor. Daw'r canlyniadau y diwrnod gwaith nesaf. Byddwch yn cael e-bost, ffeil ar gyfer eich \
system, a rhestr o bwy na pharwyd.""",
    },
}
