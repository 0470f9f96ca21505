"""Which state the records are in, in a few characters: another state, another file."""

import hashlib

from django.db.models import CharField, Count, Max, Model, QuerySet, Value

from xinyi_sat.facts.fixtures.dumping import tracked_models
from xinyi_sat.report.models import Edition


def state_of_records() -> str:
    """A digest that changes with every change of what the files say, a deletion or an edition too; one query.

    Every change of a record adds a number and a moment to its history. The numbers alone would do for comparing two
    moments of one database; but files stay when a backup is put back, and then the numbers come again.
    """
    parts = [latest(model.history.model, "history_id", "history_date") for model in tracked_models()]
    parts.append(latest(Edition, "pk", "issued_at"))
    rows = parts[0].union(*parts[1:], all=True).order_by("table")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()


def latest(model: type[Model], number: str, moment: str) -> QuerySet:
    """How many rows a table has, the last number and the last moment in it."""
    label = Value(model._meta.label, output_field=CharField())
    rows = model._base_manager.order_by().annotate(table=label).values("table")
    return rows.annotate(rows=Count("pk"), last=Max(number), at=Max(moment)).values_list("table", "rows", "last", "at")
