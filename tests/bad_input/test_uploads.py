"""T13, T15: the corpus of uploads. Every bad file is refused for its own reason, every good one is kept."""

import io
import tracemalloc

import pytest
from PIL import Image, ImageChops

from guildhall.foundation.files import checks, kinds

from ..foundation.files.corpus import Sample
from . import uploads

MOST_MEMORY = 64 * 1024 * 1024


def _verdict(sample: Sample) -> str:
    """What came of it: "" when it was kept as it was, else the reason, or what the check spoiled."""
    try:
        kept = checks.inspect(sample.content, kinds.extension_of(sample.name))
    except checks.Objection as objection:
        return objection.reason
    if kinds.extension_of(sample.name) not in kinds.PICTURES:
        return "" if kept == sample.content else "changed"
    return "" if _same_pixels(kept, sample.content) else "changed"


def _same_pixels(one: bytes, other: bytes) -> bool:
    with Image.open(io.BytesIO(one)) as kept, Image.open(io.BytesIO(other)) as sent:
        frames = getattr(sent, "n_frames", 1)
        if getattr(kept, "n_frames", 1) != frames or kept.size != sent.size:
            return False
        for frame in range(frames):
            kept.seek(frame)
            sent.seek(frame)
            if ImageChops.difference(kept.convert("RGB"), sent.convert("RGB")).getbbox():
                return False
    return True


@pytest.mark.django_db  # our own papers are among them
@pytest.mark.req("SP-095", "SP-097", "CP-033", "CP-034", "CP-035")
def test_upload_corpus_keeps_every_good_file_as_it_is():
    samples = list(uploads.good())
    assert len(samples) >= 150
    assert {str(one): _verdict(one) for one in samples if _verdict(one)} == {}


@pytest.mark.req("SP-097", "CP-035")
def test_upload_corpus_refuses_every_bad_file_for_its_own_reason():
    samples = list(uploads.bad())
    assert len(samples) >= 250
    told = {str(one): (one.refused, _verdict(one)) for one in samples}
    assert {name: said for name, said in told.items() if said[0] != said[1]} == {}


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
def test_the_whole_corpus_is_checked_in_little_memory():
    samples = [*uploads.good(), *uploads.bad()]
    tracemalloc.start()
    try:
        for sample in samples:
            _verdict(sample)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
