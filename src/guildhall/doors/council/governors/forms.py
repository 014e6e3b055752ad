"""News and courses, in both languages."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.work.governors.models import Course, NewsItem
from guildhall.work.governors.services import ToldCourse, ToldNews

MOST_WORDS = 5000


class BothForm(WordedForm):
    """A title and words in both languages."""

    area = "schools"

    title_en = forms.CharField(max_length=120, widget=forms.TextInput())
    title_cy = forms.CharField(max_length=120, widget=forms.TextInput())
    words_en = forms.CharField(max_length=MOST_WORDS, widget=forms.Textarea())
    words_cy = forms.CharField(max_length=MOST_WORDS, widget=forms.Textarea())

    def draw(self, name: str, *, problem: str | None = None) -> SafeString:
        if not isinstance(self.fields[name].widget, forms.Textarea):
            return super().draw(name, problem=problem)
        field = Field(
            name,
            self.label_of(name),
            hint=say("schools.Both_Words_Hint"),
            tooltip=say("schools.Both_Words_Tooltip"),
            problem=self.problems.get(name, "") if self.is_bound else "",
            required=self.fields[name].required and self.stars,
        )
        return components.textarea_field(field, value=self[name].value() or "", maxlength=MOST_WORDS)

    def both(self, name: str) -> dict[str, str]:
        """What was typed in both languages."""
        tidy = paragraphs if name == "words" else one_line
        return {language: tidy(self.cleaned_data[f"{name}_{language}"]) for language in ("en", "cy")}


class NewsForm(BothForm):
    """News, and from which day it shows."""

    field_order = ["news_date"]
    news_date = DayField()

    @property
    def told(self) -> ToldNews:
        return ToldNews(self.both("title"), self.both("words"), self.cleaned_data["news_date"])


class CourseForm(BothForm):
    """A course: what, when, where, and for how many."""

    course_date = DayField()
    course_starts = forms.TimeField(widget=forms.TextInput(attrs={"width": 5}))
    course_ends = forms.TimeField(widget=forms.TextInput(attrs={"width": 5}))
    course_place = forms.CharField(max_length=200, required=False, widget=forms.TextInput())
    course_link = forms.URLField(
        max_length=300, required=False, assume_scheme="https", widget=forms.TextInput()
    )
    course_places = forms.IntegerField(
        min_value=1, max_value=1000, widget=forms.TextInput(attrs={"width": 5, "inputmode": "numeric"})
    )

    def clean(self) -> None:
        told = self.cleaned_data
        starts, ends = told.get("course_starts"), told.get("course_ends")
        if starts and ends and ends <= starts:
            self.add_error("course_ends", ValidationError("", code="early"))
        places = {"course_place", "course_link"}
        if not (places & self.errors.keys() or told.get("course_place") or told.get("course_link")):
            self.add_error("course_place", ValidationError("", code="nowhere"))

    @property
    def told(self) -> ToldCourse:
        said = self.cleaned_data
        return ToldCourse(
            title=self.both("title"),
            words=self.both("words"),
            starts_at=self._at(said["course_starts"]),
            ends_at=self._at(said["course_ends"]),
            places=said["course_places"],
            place=one_line(said["course_place"]),
            link=said["course_link"],
        )

    def _at(self, clock: time) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["course_date"], clock))


def said_both(one: Any) -> dict[str, Any]:
    """What a form about something with a title and words starts with."""
    return {
        f"{name}_{language}": getattr(one, name)[language]
        for name in ("title", "words")
        for language in ("en", "cy")
    }


def said_of_news(item: NewsItem) -> dict[str, Any]:
    return said_both(item) | {"news_date": item.dated_on}


def said_of_course(course: Course) -> dict[str, Any]:
    starts, ends = timezone.localtime(course.starts_at), timezone.localtime(course.ends_at)
    return said_both(course) | {
        "course_date": starts.date(),
        "course_starts": f"{starts:%H:%M}",
        "course_ends": f"{ends:%H:%M}",
        "course_place": course.place,
        "course_link": course.link,
        "course_places": course.places,
    }
