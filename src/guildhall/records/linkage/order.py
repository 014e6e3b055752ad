"""The order in which somebody walks the queue: what comes after a mention, and what came before it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from .models import Mention


@dataclass(frozen=True)
class Order:
    """By one ``column`` of a mention, then by number. Mentions without a value come last either way.

    What is before and after a mention stays so when it is settled meanwhile: it is asked by value.
    """

    column: str = "reported_at"
    descending: bool = False

    def of(self, rows: QuerySet[Mention]) -> QuerySet[Mention]:
        """``rows`` in this order."""
        return rows.order_by(*self._by(self.descending, nulls_last=True))

    def after(self, rows: QuerySet[Mention], mention: Mention) -> QuerySet[Mention]:
        """Those of ``rows`` that come after ``mention``, the next first."""
        value = getattr(mention, self.column)
        if value is None:
            return self.of(rows.filter(self._tied(None, "pk__lt" if self.descending else "pk__gt", mention)))
        way = "lt" if self.descending else "gt"
        later = Q(**{f"{self.column}__{way}": value}) | Q(**{f"{self.column}__isnull": True})
        return self.of(rows.filter(later | self._tied(value, f"pk__{way}", mention)))

    def before(self, rows: QuerySet[Mention], mention: Mention) -> QuerySet[Mention]:
        """Those of ``rows`` that come before ``mention``, the nearest first."""
        value = getattr(mention, self.column)
        way = "gt" if self.descending else "lt"
        tied = self._tied(value, f"pk__{way}", mention)
        if value is None:
            earlier = Q(**{f"{self.column}__isnull": False})
        else:
            earlier = Q(**{f"{self.column}__{way}": value})
        return rows.filter(earlier | tied).order_by(*self._by(not self.descending, nulls_last=False))

    def _tied(self, value: Any, way: str, mention: Mention) -> Q:
        same = Q(**{f"{self.column}__isnull": True}) if value is None else Q(**{self.column: value})
        return same & Q(**{way: mention.pk})

    def _by(self, descending: bool, *, nulls_last: bool) -> tuple[Any, str]:
        """Columns that are never empty are sorted plainly, so that their index serves."""
        number = "-pk" if descending else "pk"
        if not Mention._meta.get_field(self.column).null:
            return f"-{self.column}" if descending else self.column, number
        column = F(self.column)
        first = {"nulls_last": True} if nulls_last else {"nulls_first": True}
        return column.desc(**first) if descending else column.asc(**first), number
