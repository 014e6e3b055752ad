"""What the pages of batches show."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import UnknownText, say
from guildhall.records.children.models import Child
from guildhall.records.linkage import queries, services
from guildhall.records.linkage.bulk import queries as bulk
from guildhall.records.linkage.bulk.models import BatchPair, BatchRow, BatchRun

from .linkage_words import field_words, level_words

OUTCOMES = ("match", "potential", "many", "low")
ALONE = "alone"
VERDICTS = tuple(BatchPair.Verdict.values)
CSV = ("left", "left_name", "right", "right_name", "probability", "outcome", "verdict", "why")
PROBLEM = ("file", "line", "id", "words")
MOST_LINES = 20
_SAME = frozenset({"exact", "exact_common"})
Crumb = tuple[str, str]


def trail(*more: Crumb) -> list[Crumb]:
    """Home, matching, files, and then ``more``."""
    here = reverse("batches:list") if more else ""
    return [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("shared.Menu_Matching"), reverse("council:matching")),
        (say("administration.Batch_Heading"), here),
        *more,
    ]


def title_of(run: BatchRun) -> str:
    """What was compared with what."""
    names = {name: say("administration.Batch_Records") if name == "records" else name for name in _names(run)}
    return say(f"administration.Batch_Title_{run.kind}", left=names[run.left], right=names[run.right])


def _names(run: BatchRun) -> tuple[str, str]:
    return run.left, run.right


def page(request: HttpRequest, run: BatchRun) -> dict[str, Any]:
    """A batch: how far, what was found by outcome, and what was wrong with the files."""
    outcome, verdict = _asked(request, "outcome", (*OUTCOMES, ALONE)), _asked(request, "verdict", VERDICTS)
    context: dict[str, Any] = {
        "run": run,
        "title": title_of(run),
        "state": say(f"administration.Batch_State_{run.state}"),
        "figures": _figures(run),
        "columns": [(field_words(part), heading) for part, heading in run.columns.items()],
        "problems_told": _problems(run),
        "problems_count": len(run.bad),
        "choose_all": request.GET.get("choose") == "all",
        "choose_query": _choose_query(request),
        "outcome": outcome,
        "verdict": verdict,
        "outcomes": [("", say("administration.Batch_All")), *((o, _outcome(o)) for o in (*OUTCOMES, ALONE))],
        "verdicts": [
            ("", say("administration.Batch_All")),
            *((each, say(f"administration.Batch_Verdict_{each}")) for each in VERDICTS),
        ],
        "most": services.MOST_AT_ONCE,
        "breadcrumbs": trail((title_of(run), "")),
    }
    if run.state != BatchRun.State.READY:
        return context
    if outcome == ALONE:
        rows = page_of(bulk.alone_in(run), request)
        return context | {"page": rows, "alone": _alone(rows), "may_add": run.kind == BatchRun.Kind.RECORDS}
    found = bulk.pairs_of(run)
    found = found.filter(outcome=outcome) if outcome else found
    listed = page_of(found.filter(verdict=verdict) if verdict else found, request)
    return context | {"page": listed, "lines": [line_of(pair) for pair in listed]}


def sure(run: BatchRun, chosen: list[BatchPair], verdict: str) -> dict[str, Any]:
    """What is asked once more before it counts."""
    lines = [line_of(pair) for pair in chosen]
    return {
        "run": run,
        "verdict": verdict,
        "warned": sum(bool(line["warnings"]) for line in lines) if verdict == "accepted" else 0,
        "heading": say(f"administration.Batch_Sure_{verdict}", count=len(chosen)),
        "words": say(f"administration.Batch_Sure_{verdict}_{run.kind}"),
        "button": say(f"administration.Batch_Button_{verdict}"),
        "lines": lines,
        "breadcrumbs": trail(
            (title_of(run), reverse("batches:run", args=[run.pk])),
            (say(f"administration.Batch_Button_{verdict}"), ""),
        ),
    }


def sure_to_add(run: BatchRun, chosen: list[BatchRow]) -> dict[str, Any]:
    """What is asked once more before records are opened."""
    words = say("administration.Batch_Button_added")
    return {
        "run": run,
        "heading": say("administration.Batch_Sure_added", count=len(chosen)),
        "alone": _alone(chosen),
        "breadcrumbs": trail((title_of(run), reverse("batches:run", args=[run.pk])), (words, "")),
    }


def _alone(rows: Iterable[BatchRow]) -> list[dict[str, Any]]:
    """Rows that no record is like, each with the record that was opened for it."""
    rows = list(rows)
    added = queries.added_for(rows)
    found = []
    for row in rows:
        name, born, postcode = _written(row)
        place = " · ".join(part for part in (born, postcode) if part)
        found.append({"row": row, "name": name, "born": place, "added": added.get(row.pk)})
    return found


def line_of(pair: BatchPair) -> dict[str, Any]:
    """A pair in words: both children, how sure, why, and what was said of it."""
    left, right = (
        _side(pair.left_row, pair.left_child, pair.left),
        _side(pair.right_row, pair.child, pair.right),
    )
    return {
        "pair": pair,
        "left": left,
        "right": right,
        "probability": f"{100 * pair.probability:.1f}%",
        "outcome": _outcome(pair.outcome),
        "why": _why(pair),
        "differs": _differing(pair),
        "same": _agreeing(pair),
        "warnings": [say(f"matching.Warning_{veto}") for veto in pair.explanation.get("vetoes", [])],
        "verdict": say(f"administration.Batch_Verdict_{pair.verdict}"),
        "choice_id": f"pair-{pair.pk}",
        "merge": _merge(pair),
    }


def _merge(pair: BatchPair) -> dict[str, str]:
    """Where two records that are one child become one, or which one they have become; empty for others."""
    one, other = pair.left_child, pair.child
    if pair.verdict != BatchPair.Verdict.ACCEPTED or not one or not other:
        return {}
    if one.removed_at or other.removed_at:
        gone = one if one.removed_at else other
        href = reverse("council:child", args=[gone.pk])
        return {"href": href, "words": say("administration.Batch_Merged")}
    kept, gone = sorted((one, other), key=lambda child: child.pk)
    href = reverse("council:child-merge-with", args=[kept.pk, gone.pk])
    words = say("administration.Batch_Merge", kept=kept.reference, gone=gone.reference)
    return {"href": f"{href}?batch={pair.run_id}", "words": words}


def cells_of(pair: BatchPair) -> list[str]:
    """A pair as the cells of CSV."""
    line = line_of(pair)
    return [
        pair.left,
        line["left"]["name"],
        pair.right,
        line["right"]["name"],
        f"{pair.probability:.6f}",
        line["outcome"],
        line["verdict"],
        "; ".join(line["why"]),
    ]


def cells_of_alone(row: BatchRow) -> list[str]:
    """A row for which nothing was found, as the same cells."""
    return [row.own_id, _written(row)[0], "", "", "", _outcome(ALONE), "", ""]


def problem_cells(run: BatchRun) -> Iterator[list[str]]:
    """Every row that was left out or looks wrong, as the cells of PROBLEM."""
    for told in run.bad:
        yield [_file_of(told), str(told["line"]), told.get("id", ""), _reason(told)]


def _side(row: BatchRow | None, child: Child | None, own_id: str) -> dict[str, Any]:
    if child is not None:
        href = reverse("council:child", args=[child.pk])
        return {"name": str(child.name), "born": _day(child.born_on), "id": own_id, "href": href}
    if row is None:
        return {"name": "", "born": "", "id": own_id, "href": ""}
    name, born, postcode = _written(row)
    place = f"{born} · {postcode}" if born and postcode else born or postcode
    return {"name": name, "born": place, "id": own_id, "href": ""}


def _written(row: BatchRow) -> tuple[str, str, str]:
    plain = row.identity
    name = " ".join(filter(None, (plain.get("forename"), plain.get("midname"), plain.get("surname"))))
    born = plain.get("born_on")
    return name, _day(date.fromisoformat(born) if born else None), plain.get("postcode", "")


def _day(when: date | None) -> str:
    return day(when) if when else ""


def _why(pair: BatchPair) -> list[str]:
    """Each field that says something, in words."""
    return [f"{field_words(part)}: {level_words(part, level)}" for part, level, _ in _fields(pair)]


def _differing(pair: BatchPair) -> list[str]:
    """The same of the fields that are not the same, but for what ``warnings`` say."""
    return [
        f"{field_words(part)}: {level_words(part, level)}"
        for part, level, _ in _fields(pair)
        if level not in _SAME and part != "sibling"
    ]


def _agreeing(pair: BatchPair) -> str:
    """The fields that are the same, in one line."""
    fields = [field_words(part) for part, level, _ in _fields(pair) if level in _SAME]
    return say("administration.Batch_Same", fields=", ".join(fields)) if fields else ""


def _fields(pair: BatchPair) -> list[tuple[str, str, float]]:
    return [each for each in pair.explanation.get("fields", []) if each[1] != "missing"]


def _outcome(outcome: str) -> str:
    return say("administration.Batch_Alone") if outcome == ALONE else say(f"matching.Outcome_{outcome}")


def _problems(run: BatchRun) -> list[str]:
    """What is wrong with rows, each reason once with the lines that it is of."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for told in run.bad:
        lines[_file_of(told), _reason(told)].append(str(told["line"]))
    return [_problem(side, words, of) for (side, words), of in lines.items()]


def _problem(side: str, words: str, lines: list[str]) -> str:
    if len(lines) == 1:
        return say("administration.Batch_Line", side=side, line=lines[0], words=words)
    told = ", ".join(lines[:MOST_LINES])
    if more := len(lines[MOST_LINES:]):
        told = f"{told} {say('administration.Batch_LinesMore', count=more)}"
    return say("administration.Batch_Lines", side=side, lines=told, words=words)


def _file_of(told: dict[str, Any]) -> str:
    return say(f"administration.Batch_Side_{told.get('side', 'left')}")


def _reason(told: dict[str, Any]) -> str:
    code = told.get("reason") or told.get("doubt", "")
    try:
        return say(f"administration.Batch_Row_{code}")
    except UnknownText:
        return str(code)


def _choose_query(request: HttpRequest) -> str:
    """This page of the list with everything on it chosen."""
    query = request.GET.copy()
    query["choose"] = "all"
    return query.urlencode()


def _figures(run: BatchRun) -> list[tuple[str, int]]:
    counts = run.counts
    told = [(say("administration.Batch_Count_rows"), counts.get("rows", 0))]
    told.append((say("administration.Batch_Count_bad"), counts.get("bad", 0)))
    if run.state == BatchRun.State.READY:
        told += [(_outcome(outcome), counts.get(outcome, 0)) for outcome in OUTCOMES]
        told.append((_outcome(ALONE), bulk.alone_in(run).count()))
    return told


def _asked(request: HttpRequest, name: str, among: tuple[str, ...]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in among else ""
