"""What the schools' site starts with: its services, its tasks, and a guide for each screen there is."""

from typing import Any


def _entry(kind: str, en: str, cy: str, words_en: str, words_cy: str) -> dict[str, Any]:
    return {"kind": kind, "title": {"en": en, "cy": cy}, "words": {"en": words_en, "cy": words_cy}}


_ASK_EN = "Telephone or email the schools' helpline. The number and address are at the top of this page."
_ASK_CY = (
    "Ffoniwch neu e-bostiwch linell gymorth yr ysgolion. Mae'r rhif a'r cyfeiriad ar frig y dudalen hon."
)

ENTRIES: tuple[dict[str, Any], ...] = (
    _entry("service", "Client services", "Gwasanaethau cleientiaid", _ASK_EN, _ASK_CY),
    _entry(
        "service",
        "Governor services",
        "Gwasanaethau llywodraethwyr",
        "Advice, training and clerking for governing bodies. " + _ASK_EN,
        "Cyngor, hyfforddiant a chlercio i gyrff llywodraethu. " + _ASK_CY,
    ),
    _entry(
        "service",
        "Health and safety",
        "Iechyd a diogelwch",
        "Advice about risks, visits and accidents. " + _ASK_EN,
        "Cyngor am risgiau, ymweliadau a damweiniau. " + _ASK_CY,
    ),
    _entry(
        "service",
        "Human resources",
        "Adnoddau dynol",
        "Advice about appointing and managing staff. " + _ASK_EN,
        "Cyngor am benodi a rheoli staff. " + _ASK_CY,
    ),
    _entry(
        "service",
        "Payroll",
        "Y gyflogres",
        "Questions about pay and pensions. " + _ASK_EN,
        "Cwestiynau am gyflog a phensiynau. " + _ASK_CY,
    ),
    _entry(
        "service",
        "Schools' data",
        "Data ysgolion",
        "Censuses, results and other data. " + _ASK_EN,
        "Cyfrifiadau, canlyniadau a data arall. " + _ASK_CY,
    ),
    _entry(
        "task",
        "Phonebook / schools directory",
        "Llyfr ffôn / cyfeiriadur ysgolion",
        "To find another school's telephone number or address, ask the schools' helpline. " + _ASK_EN,
        "I gael rhif ffôn neu gyfeiriad ysgol arall, gofynnwch i linell gymorth yr ysgolion. " + _ASK_CY,
    ),
    _entry(
        "task",
        "School term and holiday dates",
        "Dyddiadau tymhorau a gwyliau ysgol",
        "The dates of terms and holidays are agreed each year. " + _ASK_EN,
        "Cytunir ar ddyddiadau tymhorau a gwyliau bob blwyddyn. " + _ASK_CY,
    ),
    _entry(
        "task",
        "Reporting a school closure",
        "Rhoi gwybod bod ysgol ar gau",
        "If your school must close, telephone the helpline as soon as you know.",
        "Os oes rhaid i'ch ysgol gau, ffoniwch y llinell gymorth cyn gynted ag y gwyddoch.",
    ),
    _entry(
        "guide",
        "Account management for users",
        "Rheoli cyfrifon i ddefnyddwyr",
        """Your own name, email address, password and second step are in **My account**.

If you cannot sign in, use **Password reset** on the sign-in page. If that does not help, ask your school's \
account operator. Their name is on the page **Account help**.

If you work at several schools, choose the school at the top of the page. You need not sign in again.""",
        """Mae eich enw, cyfeiriad e-bost, cyfrinair ac ail gam yn **Fy nghyfrif**.

Os na allwch fewngofnodi, defnyddiwch **Ailosod cyfrinair** ar y dudalen fewngofnodi. Os nad yw hynny'n \
helpu, gofynnwch i weithredwr cyfrifon eich ysgol. Mae ei enw ar y dudalen **Cymorth cyfrif**.

Os ydych yn gweithio mewn sawl ysgol, dewiswch yr ysgol ar frig y dudalen. Nid oes angen mewngofnodi eto.""",
    ),
    _entry(
        "guide",
        "Account management for supervisors",
        "Rheoli cyfrifon i oruchwylwyr",
        """**To add somebody**, open *User admin* and choose *Add User*. They get an email with a link to \
set their password. You never see it.

**To change a name or email address, or to end access**, open *Account Management* and choose *Edit* beside \
the person. Choose *Submit Changes* or *Remove Access*. It counts at once.

**To let somebody in again** after 180 days without signing in, choose *Enable* beside their name.

**To add many people**, open *User admin* and choose *Add users from a spreadsheet*.

A school has two supervisors at most, and always at least one.""",
        """**I ychwanegu rhywun**, agorwch *Gweinyddu defnyddwyr* a dewiswch \
*Ychwanegu Defnyddiwr*. Bydd yn cael e-bost â dolen i osod ei gyfrinair. Nid ydych byth yn ei weld.

**I newid enw neu gyfeiriad e-bost, neu i ddod â mynediad i ben**, agorwch *Rheoli Cyfrifon* a dewiswch \
*Golygu* wrth ymyl y person. Dewiswch *Cyflwyno Newidiadau* neu *Dileu Mynediad*. Mae'n cyfrif ar unwaith.

**I adael rhywun i mewn eto** ar ôl 180 diwrnod heb fewngofnodi, dewiswch *Galluogi* wrth ymyl ei enw.

**I ychwanegu llawer o bobl**, agorwch *Gweinyddu defnyddwyr* a dewiswch *Ychwanegu defnyddwyr o daenlen*.

Mae gan ysgol ddau oruchwyliwr ar y mwyaf, ac o leiaf un bob amser.""",
    ),
)


def _guide(en: str, cy: str, words_en: str, words_cy: str, *screens: str) -> dict[str, Any]:
    return _entry("guide", en, cy, words_en, words_cy) | {"screens": list(screens)}


# Which screens the two guides above describe, by their English titles.
SCREENS: dict[str, list[str]] = {
    "Account management for users": ["accounts", "account-help"],
    "Account management for supervisors": ["accounts", "users"],
}

GUIDES: tuple[dict[str, Any], ...] = (
    _guide(
        "Submitting and following a case",
        "Cyflwyno a dilyn achos",
        """**To ask the council for help**, open *Submit case* and choose a case type. Read what it is \
for, then choose *Start*. Every page is saved as you go, so you can stop and come back.

**To go on with a case**, open *My Cases* and choose its reference. Only the person who raised it can \
change it, and colleagues with whom it is shared: *Who can open it* shares it or hands it over.

**To see how far a case has come**, open *My Cases*. *Status* says where it is. The reference opens its \
dates and what was sent, which you can download.

**To give up a case** that was not submitted, choose *Abandon* and say why.

*Show the school's cases* lists what others at your school have raised.""",
        """**I ofyn i'r cyngor am help**, agorwch *Cyflwyno achos* a dewiswch fath o achos. Darllenwch \
beth yw ei bwrpas, yna dewiswch *Dechrau*. Caiff pob tudalen ei chadw wrth fynd, felly gallwch stopio a \
dod yn ôl.

**I barhau ag achos**, agorwch *Fy Achosion* a dewiswch ei gyfeirnod. Dim ond y person a'i cododd all ei \
newid, a chydweithwyr y mae wedi'i rannu â nhw: mae *Pwy all ei agor* yn ei rannu neu'n ei drosglwyddo.

**I weld pa mor bell y mae achos wedi mynd**, agorwch *Fy Achosion*. Mae *Statws* yn dweud ble mae. Mae'r \
cyfeirnod yn agor ei ddyddiadau a'r hyn a anfonwyd, y gallwch ei lawrlwytho.

**I roi'r gorau i achos** na chafodd ei gyflwyno, dewiswch *Rhoi'r gorau* a dywedwch pam.

Mae *Dangos achosion yr ysgol* yn rhestru'r hyn y mae eraill yn eich ysgol wedi'i godi.""",
        "cases",
    ),
    _guide(
        "Adding many users from a spreadsheet",
        "Ychwanegu llawer o ddefnyddwyr o daenlen",
        """Download the template, fill in one person on each line and choose the file.

You see what will happen to each line before anything is kept. Lines with a problem say what is wrong: \
put them right in your file and choose it again, or add the others now.

Everybody who is added gets an email with a link to set their password.""",
        """Lawrlwythwch y templed, rhowch un person ar bob llinell a dewiswch y ffeil.

Byddwch yn gweld beth fydd yn digwydd i bob llinell cyn i ddim gael ei gadw. Mae llinellau â phroblem yn \
dweud beth sydd o'i le: cywirwch nhw yn eich ffeil a'i dewis eto, neu ychwanegwch y lleill nawr.

Mae pawb a ychwanegir yn cael e-bost â dolen i osod ei gyfrinair.""",
        "import",
    ),
    _guide(
        "Duties and cover",
        "Dyletswyddau a chyflenwi",
        """A duty, such as SENCO, says who gets what is sent to it. Choose the duty, the person and the \
first day.

**While somebody is away**, give the duty to somebody else as cover, with a last day. Cover ends by itself.

**When somebody leaves**, end their duty and give it to the next person. Nothing that was sent to the \
duty is lost.""",
        """Mae dyletswydd, fel cydlynydd, yn dweud pwy sy'n cael yr hyn a anfonir ati. Dewiswch y \
ddyletswydd, y person a'r diwrnod cyntaf.

**Tra bo rhywun i ffwrdd**, rhowch y ddyletswydd i rywun arall fel cyflenwi, gyda diwrnod olaf. Daw \
cyflenwi i ben ohono'i hun.

**Pan fydd rhywun yn gadael**, dewch â'i ddyletswydd i ben a'i rhoi i'r person nesaf. Ni chollir dim a \
anfonwyd at y ddyletswydd.""",
        "duties",
    ),
    _guide(
        "Secure services",
        "Gwasanaethau diogel",
        """*Secure services* lists the services that you may use. Your school's supervisor chooses them \
for you.

**Supervisors** open *Account Management*, choose *Edit* beside the person and then *Secure services*. \
Tick what the person may use. It counts at once.""",
        """Mae *Gwasanaethau diogel* yn rhestru'r gwasanaethau y cewch eu defnyddio. Goruchwyliwr eich \
ysgol sy'n eu dewis i chi.

Mae **goruchwylwyr** yn agor *Rheoli Cyfrifon*, yn dewis *Golygu* wrth ymyl y person ac yna *Gwasanaethau \
diogel*. Ticiwch yr hyn y caiff y person ei ddefnyddio. Mae'n cyfrif ar unwaith.""",
        "secure",
    ),
)

# Added later: what GUIDES had before is in the database of whoever began with it.
RESPONSIBILITY_GUIDES: tuple[dict[str, Any], ...] = (
    _guide(
        "Responsibilities and alerts",
        "Cyfrifoldebau a rhybuddion",
        """Your responsibilities decide which post you get and which systems you can open. *Areas of \
Responsibility (Post Categories)* lists them with their systems.

**To change yours**, open *Change User Responsibilities*. Green boxes are what you have now. Tick or clear \
boxes and choose *Submit Changes*. Below a ticked box you can ask to be Lead Contact or Interested Party. \
Your supervisor decides, and nothing changes until then.

**A Lead Contact** deals with an area and answers the council, and sees all its post. **An Interested \
Party** sees the post that is not confidential.

**Supervisors** choose *Edit* beside a person and then *Change User Responsibilities*. What they choose \
counts at once. One or two Lead Contacts for each area are best. Requests from others are among the \
*Alerts*: approve all of one, some of it, or none, with a reason. Your own request goes to the other \
supervisor.

*School Overview* shows who has each responsibility. *Alerts* tells you of every change to yours.""",
        """Eich cyfrifoldebau sy'n penderfynu pa bost a gewch a pha systemau y gallwch eu hagor. Mae \
*Meysydd Cyfrifoldeb (Categorïau Post)* yn eu rhestru gyda'u systemau.

**I newid eich rhai chi**, agorwch *Newid Cyfrifoldebau Defnyddwyr*. Blychau gwyrdd yw'r hyn sydd gennych \
nawr. Ticiwch neu cliriwch flychau a dewiswch *Cyflwyno Newidiadau*. O dan flwch wedi'i dicio gallwch ofyn \
am fod yn Brif Gyswllt neu'n Barti â Diddordeb. Eich goruchwyliwr sy'n penderfynu, ac nid oes dim yn newid \
tan hynny.

**Mae Prif Gyswllt** yn delio â maes ac yn ateb y cyngor, ac yn gweld ei holl bost. **Mae Parti â \
Diddordeb** yn gweld y post nad yw'n gyfrinachol.

Mae **goruchwylwyr** yn dewis *Golygu* wrth ymyl person ac yna *Newid Cyfrifoldebau Defnyddwyr*. Mae'r hyn \
a ddewisant yn cyfrif ar unwaith. Un neu ddau Brif Gyswllt i bob maes sydd orau. Mae ceisiadau gan eraill \
ymhlith y *Rhybuddion*: cymeradwywch y cyfan, rhan ohono, neu ddim, gyda rheswm. Mae eich cais eich hun yn \
mynd at y goruchwyliwr arall.

Mae *Trosolwg o'r Ysgol* yn dangos pwy sydd â phob cyfrifoldeb. Mae *Rhybuddion* yn dweud wrthych am bob \
newid i'ch rhai chi.""",
        "responsibilities",
        "alerts",
    ),
)
