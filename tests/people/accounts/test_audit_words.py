"""Every event of people's rooms has its sentence."""

import re
from pathlib import Path

import guildhall.people
from guildhall.foundation.texts.catalogue import catalogue

VERB = re.compile(r'audit\.record\(\s*"([a-z]+\.[a-z_]+)"')


def test_every_audited_verb_has_words():
    sources = [path.read_text() for path in Path(guildhall.people.__file__).parent.rglob("*.py")]
    verbs = {verb for source in sources for verb in VERB.findall(source)}
    assert len(verbs) > 15
    missing = [v for v in verbs if f"administration.Audit_{v.replace('.', '_')}" not in catalogue()]
    assert len(missing) == 0, missing
