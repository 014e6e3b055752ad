"""What every authority starts with: the jobs that people at schools may have."""

JOB_TITLES = (
    {"en": "Headteacher", "cy": "Pennaeth"},
    {"en": "Deputy Headteacher", "cy": "Dirprwy Bennaeth"},
    {"en": "Assistant Headteacher", "cy": "Pennaeth Cynorthwyol"},
    {"en": "Class Teacher", "cy": "Athro Dosbarth"},
    {"en": "Special educational needs coordinator", "cy": "Cydlynydd anghenion dysgu ychwanegol"},
    {"en": "Designated safeguarding lead", "cy": "Arweinydd diogelu dynodedig"},
    {"en": "Teaching assistant", "cy": "Cynorthwyydd addysgu"},
    {"en": "Business manager", "cy": "Rheolwr busnes"},
    {"en": "Bursar", "cy": "Bwrsar"},
    {"en": "Office staff", "cy": "Staff y swyddfa"},
    {"en": "Nursery manager", "cy": "Rheolwr meithrinfa"},
    {"en": "Chair of governors", "cy": "Cadeirydd y llywodraethwyr"},
    {"en": "Governor", "cy": "Llywodraethwr"},
    {"en": "Governor clerk", "cy": "Clerc y llywodraethwyr"},
    {"en": "Other", "cy": "Arall"},
)
