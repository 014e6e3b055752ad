"""What this room adds to what others begin with: the guide to it, and the responsibility that opens it."""

from typing import Any

RESPONSIBILITY = "Finance"
GUIDE: dict[str, Any] = {
    "kind": "guide",
    "title": {"en": "Batch invoices", "cy": "Sypiau o anfonebau"},
    "screens": ["invoices"],
    "words": {
        "en": """*Batch Invoices* sends many invoices to the council in one file. You see it if you are \
responsible for Finance, or a supervisor. If not, ask for Finance in *Change User Responsibilities*.

**To make the file**, choose *Send a batch*, then *Download the template*. Fill in one line for each \
invoice: number, date, supplier, cost code, net, VAT and gross. Save it as CSV. A credit note is a line \
with amounts below zero, such as -12.00. A file has at most 2,000 lines.

**To check it**, choose the file and press *Check the file*. Nothing is sent yet. You see each line that \
has a problem and what to do. Correct a line on the page, or correct your file and choose it again. \
*Download the problems* gives you a spreadsheet of them.

**To send it**, add up the gross amounts yourself, from your own papers. Type that total and how many \
invoices there are. Both must match the file. Then press *Send the batch*. You get a reference.

**The same invoice is never taken twice.** An invoice with the same supplier and number as one that your \
school sent before is refused, and the page names the batch it is in. So is the same file.

**If you made a mistake**, open the batch and choose *Withdraw*. You can do that until the council takes \
the batch up.

**To see what became of it**, open *Batch Invoices*. A batch is sent, being checked, accepted, returned or \
withdrawn. If it is returned, the reasons stand beside its lines. Choose *Correct and send again*: the lines \
are there already. You also get a message.""",
        "cy": """Mae *Sypiau o Anfonebau* yn anfon llawer o anfonebau at y cyngor mewn un ffeil. Byddwch yn \
ei weld os ydych yn gyfrifol am Gyllid, neu'n oruchwyliwr. Os nad ydych, gofynnwch am Gyllid yn *Newid \
Cyfrifoldebau Defnyddwyr*.

**I wneud y ffeil**, dewiswch *Anfon swp*, yna *Lawrlwytho'r templed*. Llenwch un llinell ar gyfer pob \
anfoneb: rhif, dyddiad, cyflenwr, cod cost, net, TAW a gros. Cadwch hi fel CSV. Llinell â symiau o dan \
sero, megis -12.00, yw nodyn credyd. Mae gan ffeil 2,000 o linellau ar y mwyaf.

**I'w gwirio**, dewiswch y ffeil a phwyswch *Gwirio'r ffeil*. Nid oes dim yn cael ei anfon eto. Fe welwch \
bob llinell sydd â phroblem a beth i'w wneud. Cywirwch linell ar y dudalen, neu cywirwch eich ffeil a'i \
dewis eto. Mae *Lawrlwytho'r problemau* yn rhoi taenlen ohonynt i chi.

**I'w hanfon**, adiwch y symiau gros eich hun, o'ch papurau eich hun. Teipiwch y cyfanswm hwnnw a faint o \
anfonebau sydd. Rhaid i'r ddau gyfateb i'r ffeil. Yna pwyswch *Anfon y swp*. Byddwch yn cael cyfeirnod.

**Ni chymerir yr un anfoneb ddwywaith.** Gwrthodir anfoneb â'r un cyflenwr a rhif ag un a anfonodd eich \
ysgol o'r blaen, ac mae'r dudalen yn enwi'r swp y mae ynddo. Gwrthodir yr un ffeil hefyd.

**Os gwnaethoch gamgymeriad**, agorwch y swp a dewiswch *Tynnu'n ôl*. Gallwch wneud hynny nes i'r cyngor \
gymryd y swp.

**I weld beth ddigwyddodd iddo**, agorwch *Sypiau o Anfonebau*. Mae swp wedi'i anfon, yn cael ei wirio, \
wedi'i dderbyn, wedi'i ddychwelyd neu wedi'i dynnu'n ôl. Os caiff ei ddychwelyd, mae'r rhesymau wrth ymyl \
ei linellau. Dewiswch *Cywiro ac anfon eto*: mae'r llinellau yno'n barod. Byddwch hefyd yn cael neges.""",
    },
}
