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

FOLDER_GUIDES: tuple[dict[str, Any], ...] = (
    _guide(
        "My School Folder and who uses it",
        "Ffolder Fy Ysgol a phwy sy'n ei ddefnyddio",
        """*My School Folder* keeps documents of your school, such as policies and minutes. Only people whom \
your supervisor lets in can open it. The council does not read it.

**To find a document**, open a sub-folder or search. A search looks through titles, descriptions and \
names of files in the whole folder.

**To add a document**, choose *Add a document*. Choose the file, enter a title and the date, and say \
what it is for. The file is checked for viruses before anybody can open it.

**To bring a document up to date**, open it and choose *Replace the file*. Older versions are kept \
below it.

**To remove a document**, open it and choose *Remove*. For 30 days you can put it back under \
*Removed documents*. Then it is deleted.

**To keep documents of one kind together**, choose *Sub-folders* and add one.

**Supervisors** decide who comes in: open *Account Management*, *My School Folder*, *Change Access*. \
Tick whether a person can read documents, or can also add, change and remove them. It counts at \
once. Clear the ticks to end it.""",
        """Mae *Ffolder Fy Ysgol* yn cadw dogfennau eich ysgol, megis polisïau a chofnodion. Dim ond pobl \
y mae eich goruchwyliwr yn eu gadael i mewn all ei agor. Nid yw'r cyngor yn ei ddarllen.

**I ddod o hyd i ddogfen**, agorwch is-ffolder neu chwiliwch. Mae chwiliad yn edrych drwy deitlau, \
disgrifiadau ac enwau ffeiliau yn y ffolder cyfan.

**I ychwanegu dogfen**, dewiswch *Ychwanegu dogfen*. Dewiswch y ffeil, rhowch deitl a'r dyddiad, a \
dywedwch beth yw ei diben. Caiff y ffeil ei gwirio am firysau cyn i neb allu ei hagor.

**I ddiweddaru dogfen**, agorwch hi a dewiswch *Disodli'r ffeil*. Cedwir hen fersiynau oddi tani.

**I dynnu dogfen**, agorwch hi a dewiswch *Tynnu*. Am 30 diwrnod gallwch ei rhoi'n ôl o dan \
*Dogfennau a dynnwyd*. Yna caiff ei dileu.

**I gadw dogfennau o un math gyda'i gilydd**, dewiswch *Is-ffolderi* ac ychwanegwch un.

**Goruchwylwyr** sy'n penderfynu pwy sy'n dod i mewn: agorwch *Rheoli Cyfrifon*, *Ffolder Fy Ysgol*, \
*Newid Mynediad*. Ticiwch a all person ddarllen dogfennau, neu hefyd eu hychwanegu, eu newid a'u \
tynnu. Mae'n cyfrif ar unwaith. Cliriwch y ticiau i ddod ag ef i ben.""",
        "folder",
    ),
    _guide(
        "Our School Area",
        "Ein Hardal Ysgol",
        """*Our School Area* is one page about your school. It is on the home page and in the menu.

The list at its top says what each part holds. Choose a part to go to it. Each part says what there \
is now, with links to the pages where you can read or do more.

**You see the parts that you have access to.** The list of pupils who are eligible for free school \
meals is there for people with responsibility for Catering, School Administration and Support, or \
Finance. Your supervisor gives access to *My School Folder*. To ask for a responsibility, open \
*Change User Responsibilities*.

**If you work at several schools**, choose the school at the top of the page.""",
        """Mae *Ein Hardal Ysgol* yn un dudalen am eich ysgol. Mae ar yr hafan ac yn y ddewislen.

Mae'r rhestr ar ei brig yn dweud beth sydd ym mhob rhan. Dewiswch ran i fynd iddi. Mae pob rhan yn \
dweud beth sydd yno nawr, gyda dolenni i'r tudalennau lle gallwch ddarllen neu wneud mwy.

**Rydych yn gweld y rhannau y mae gennych fynediad iddynt.** Mae rhestr y disgyblion sy'n gymwys i \
gael prydau ysgol am ddim yno i bobl sydd â chyfrifoldeb am Arlwyo, Gweinyddu a Chymorth Ysgolion, \
neu Gyllid. Eich goruchwyliwr sy'n rhoi mynediad i *Ffolder Fy Ysgol*. I ofyn am gyfrifoldeb, \
agorwch *Newid Cyfrifoldebau Defnyddwyr*.

**Os ydych yn gweithio mewn sawl ysgol**, dewiswch yr ysgol ar frig y dudalen.""",
        "area",
    ),
)

# Where two of the tasks above lead, since there are screens for them.
TASK_SCREENS: dict[str, list[str]] = {
    "Phonebook / schools directory": ["directory"],
    "School term and holiday dates": ["term-dates"],
    "Reporting a school closure": ["report-closure"],
}

CALENDAR_GUIDES: tuple[dict[str, Any], ...] = (
    _guide(
        "School calendar",
        "Calendr yr ysgol",
        """**To see when your school is open**, open *School calendar*. Choose the school year as a list, \
or a month. Today is marked. *Add to your own calendar* downloads a file that your calendar \
program can open.

**To change what it says**, choose *Maintain calendar*. There you enter the times of the two sessions, \
your school's training days, and your school's own term dates if they differ from the council's. Your \
school's administrators can do this, and whoever is responsible for *School Administration and Support*.

**If your school, or part of it, must close**, choose *Unavoidable Closure*. Enter the dates, what is \
closed and the reason. The sessions that are lost are counted for you. It is in the calendar at once, \
everybody can read it on the front page, and the council's officers are told. Anybody at your school can \
do this.

**If it lasts longer or the school opens earlier**, open *Closures of your school*, choose the closure, \
and *Extend the closure* or *End the closure*. If it was reported by mistake, choose *Withdraw*.

*School term and holiday dates* has the council's dates for everybody.""",
        """**I weld pryd mae eich ysgol ar agor**, agorwch *Calendr yr ysgol*. Dewiswch y flwyddyn ysgol \
fel rhestr, neu fis. Mae heddiw wedi'i farcio. Mae *Ychwanegu at eich calendr eich hun* yn \
lawrlwytho ffeil y gall eich rhaglen galendr ei hagor.

**I newid yr hyn y mae'n ei ddweud**, dewiswch *Cynnal y calendr*. Yno rydych yn nodi amseroedd y ddwy \
sesiwn, diwrnodau hyfforddi eich ysgol, a dyddiadau tymhorau eich ysgol ei hun os ydynt yn wahanol i \
rai'r cyngor. Gall gweinyddwyr eich ysgol wneud hyn, a phwy bynnag sy'n gyfrifol am *Weinyddiaeth a \
Chymorth Ysgol*.

**Os oes rhaid i'ch ysgol, neu ran ohoni, gau**, dewiswch *Cau na ellir ei osgoi*. Rhowch y dyddiadau, \
beth sydd ar gau a'r rheswm. Cyfrifir y sesiynau a gollir ar eich rhan. Mae yn y calendr ar unwaith, \
gall pawb ei ddarllen ar y dudalen flaen, ac mae swyddogion y cyngor yn cael gwybod. Gall unrhyw un yn \
eich ysgol wneud hyn.

**Os yw'n para'n hirach neu os yw'r ysgol yn agor yn gynharach**, agorwch *Achosion o gau eich ysgol*, \
dewiswch y cau, ac *Estyn y cau* neu *Dod â'r cau i ben*. Os camgymeriad oedd rhoi gwybod, dewiswch \
*Tynnu'n ôl*.

Mae *Dyddiadau tymhorau a gwyliau ysgol* yn dangos dyddiadau'r cyngor i bawb.""",
        "calendar",
    ),
)

MEALS_GUIDES: tuple[dict[str, Any], ...] = (
    _guide(
        "Free school meals",
        "Prydau ysgol am ddim",
        """*Pupils Eligible for Free School Meals*, on the page *Forms*, is your school's list as the \
council keeps it. You see it if you are responsible for Catering, School Administration and Support, or \
Finance. If you do not, ask for one of these in *Change User Responsibilities*.

**To find a pupil**, type a name or a UPN. The headings of the columns sort the list. *Download as a \
spreadsheet* takes the whole list away. Keep it safe: it names children.

**If something is wrong**, choose *Change details* or *Remove* beside the pupil, or *Add a missing pupil*, \
and say why. Your school's supervisor authorises it, then the council's team decides.

**To see how far it has come**, open *Changes your school asked for*: awaiting supervisor, sent to LA, \
accepted, or refused with a reason. You can withdraw what you asked until it is decided.

**Supervisors** find what waits for them among the *Alerts*. What you ask yourself goes to the other \
supervisor, if there is one.""",
        """*Disgyblion sy'n Gymwys i gael Prydau Ysgol am Ddim*, ar y dudalen *Ffurflenni*, yw rhestr eich \
ysgol fel y mae'r cyngor yn ei chadw. Byddwch yn ei gweld os ydych yn gyfrifol am Arlwyo, Gweinyddiaeth a \
Chymorth Ysgol, neu Gyllid. Os nad ydych, gofynnwch am un o'r rhain yn *Newid Cyfrifoldebau Defnyddwyr*.

**I ddod o hyd i ddisgybl**, teipiwch enw neu UPN. Mae penawdau'r colofnau'n trefnu'r rhestr. Mae \
*Lawrlwytho fel taenlen* yn mynd â'r rhestr gyfan. Cadwch hi'n ddiogel: mae'n enwi plant.

**Os oes rhywbeth o'i le**, dewiswch *Newid* neu *Tynnu* wrth ymyl y disgybl, neu \
*Ychwanegu disgybl sydd ar goll*, a dywedwch pam. Bydd goruchwyliwr eich ysgol yn ei awdurdodi, yna bydd \
tîm y cyngor yn penderfynu.

**I weld pa mor bell y mae wedi dod**, agorwch *Newidiadau y gofynnodd eich ysgol amdanynt*: aros am \
oruchwyliwr, anfonwyd i'r ALl (yr awdurdod lleol), derbyniwyd, neu gwrthodwyd gyda rheswm. Gallwch dynnu'r \
hyn a ofynnoch yn ôl nes iddo gael ei benderfynu.

Bydd **goruchwylwyr** yn dod o hyd i'r hyn sy'n aros amdanynt ymhlith y *Rhybuddion*. Bydd yr hyn yr ydych \
chi'n ei ofyn yn mynd at y goruchwyliwr arall, os oes un.""",
        "meals",
    ),
)

ACTIONS_GUIDES: tuple[dict[str, Any], ...] = (
    _guide(
        "Action Tracker",
        "Traciwr Camau Gweithredu",
        """The *Action Tracker* keeps what your school has to do: what, whose it is, by when, and how far it \
has come. *My actions* are yours. *All the school's actions* are everybody's. The number beside each says \
how many are still to do.

**To make an action**, choose *New action*. Or open a post item or a case and choose *Make an action*: \
where it comes from is filled in. Do not name a child in it.

**An action from post** can be read only by people who can see the post item, and only they can own it. \
Everybody else sees that there is one, whose it is and when it is due.

**To say how far it has come**, open it and choose *Start* or *Mark as done*. If that was a mistake, choose \
*Undo*, or *Open it again* later. Add notes as you go: they are kept with your name and cannot be changed.

**If it is not to be done any more**, choose *Cancel this action* and say why. To do the same again, choose \
*Copy*.

**To give it to somebody else**, choose the person and *Give this action*. They get an email, once. To do \
this for several, tick them in the list. There you can also mark several as done.

**When the due date is over**, the action is *Overdue*. Its owner gets one email and an alert. Supervisors \
get an alert too.

**The council can give your school an action** after a visit. Supervisors are told, and choose who does it. \
The council sees only its dates and status, and none of your own actions.

Use the filters, the search and the headings of the columns to find an action. *Download this list as a \
spreadsheet* takes away what the list shows.""",
        """Mae'r *Traciwr Camau Gweithredu* yn cadw'r hyn y mae'n rhaid i'ch ysgol ei wneud: beth, pwy yw'r \
perchennog, erbyn pryd, a pha mor bell y mae wedi dod. *Fy nghamau gweithredu* yw eich rhai chi. *Holl \
gamau gweithredu'r ysgol* yw rhai pawb. Mae'r rhif wrth ymyl pob un yn dweud faint sydd dal i'w gwneud.

**I wneud cam gweithredu**, dewiswch *Cam gweithredu newydd*. Neu agorwch eitem bost neu achos a dewiswch \
*Gwneud cam gweithredu*: bydd o ble y daw wedi'i lenwi. Peidiwch ag enwi plentyn ynddo.

**Cam gweithredu o'r post**: dim ond pobl sy'n gallu gweld yr eitem bost all ei ddarllen, a dim ond nhw all \
fod yn berchen arno. Bydd pawb arall yn gweld bod un, pwy yw ei berchennog ac erbyn pryd y mae.

**I ddweud pa mor bell y mae wedi dod**, agorwch ef a dewiswch *Dechrau* neu *Marcio fel wedi'i wneud*. Os \
camgymeriad oedd hynny, dewiswch *Dadwneud*, neu *Ei ailagor* yn nes ymlaen. Ychwanegwch nodiadau wrth \
fynd: cânt eu cadw gyda'ch enw ac ni ellir eu newid.

**Os nad oes angen ei wneud mwyach**, dewiswch *Canslo'r cam gweithredu hwn* a dywedwch pam. I wneud yr un \
peth eto, dewiswch *Copïo*.

**I'w roi i rywun arall**, dewiswch y person a *Rhoi'r cam gweithredu hwn*. Bydd yn cael e-bost, unwaith. I \
wneud hyn ar gyfer sawl un, ticiwch nhw yn y rhestr. Yno gallwch hefyd farcio sawl un fel wedi'u gwneud.

**Pan fydd y dyddiad wedi mynd heibio**, mae'r cam gweithredu yn *Hwyr*. Bydd ei berchennog yn cael un \
e-bost a rhybudd. Bydd goruchwylwyr yn cael rhybudd hefyd.

**Gall y cyngor roi cam gweithredu i'ch ysgol** ar ôl ymweliad. Bydd goruchwylwyr yn cael gwybod, ac yn \
dewis pwy fydd yn ei wneud. Dim ond ei ddyddiadau a'i statws y mae'r cyngor yn eu gweld, a dim un o'ch \
camau gweithredu eich hun.

Defnyddiwch yr hidlwyr, y chwiliad a phenawdau'r colofnau i ddod o hyd i gam gweithredu. Mae *Lawrlwytho'r \
rhestr hon fel taenlen* yn mynd â'r hyn y mae'r rhestr yn ei ddangos.""",
        "actions",
    ),
)
