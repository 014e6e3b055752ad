"""Row T19 of the threat table: what fills a placeholder is data, and is never read as a template."""

import pytest

from guildhall.foundation.texts import queries as texts

NAMES = ["minutes", "name", "portal", "authority", "self", "0", "", "config", "request", "settings.DEBUG"]
SHAPES = ["{%s}", "{{ %s }}", "{%s.__class__}", "{%s!r}", "{%s:>999}", "%%(%s)s", "${%s}", "{%% %s %%}"]
STRINGS = [shape % name for shape in SHAPES for name in NAMES]


@pytest.mark.django_db
def test_eighty_strings_that_look_like_templates_come_out_as_they_went_in():
    assert len(set(STRINGS)) == 80
    plain = texts.say("account.Error_TooManyTries", "en", minutes="zqx")
    for typed in STRINGS:
        said = texts.say("account.Error_TooManyTries", "en", minutes=typed)
        assert said == plain.replace("zqx", typed), typed
