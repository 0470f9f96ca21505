"""Records as they were after a change, read from their history; the numbers of changes decide what came later."""

from __future__ import annotations

from django.db import models
from django.db.models import Max, Q

from xinyi_sat.facts.choices import FactState, PeriodState
from xinyi_sat.facts.models import Change, Document, Fact, Figure, Passage, Period, Tracked, fact_kinds


def changes_of(record: Tracked) -> models.QuerySet[Change]:
    """Every change of a record, newest first; the loading of fixtures, a change of many records, is among them."""
    own = Q(pk__in=record.history.order_by().values("change_id"))
    if isinstance(record, Fact):
        own |= Q(pk__in=Figure.history.filter(fact_id=record.pk).order_by().values("change_id"))
    return Change.objects.filter(own).select_related("user")


def rows_as_of(model: type[Tracked], number: int) -> models.QuerySet:
    """The newest row of history of each record of a model that was there after this change."""
    until_then = model.history.filter(change_id__lte=number)
    newest = until_then.order_by().values("id").annotate(newest=Max("history_id")).values("newest")
    return model.history.filter(history_id__in=newest).exclude(history_type="-")


def row_as_of(record: Tracked, number: int) -> models.Model | None:
    """The row of history of one record after a change; None where it was not there."""
    rows = record.history.filter(change_id__lte=number).order_by("-history_id")
    return next((row for row in rows[:1] if row.history_type != "-"), None)


def figures_as_of(fact: Fact, number: int) -> list[Figure]:
    """The figures of a fact after a change, unsaved."""
    rows = rows_as_of(Figure, number).filter(fact_id=fact.pk).select_related("measure")
    return [row.instance for row in rows.order_by("measure__position", "measure__slug")]


def public_rows_as_of(period: Period, number: int) -> list[models.Model]:
    """The rows of history of the facts of a period that readers could see after a change."""
    drafts = rows_as_of(Period, number).filter(state=PeriodState.DRAFT).values("id")
    hidden = rows_as_of(Document, number).filter(period_id__in=drafts).values("id")
    passages = rows_as_of(Passage, number).exclude(document_id__in=hidden).values("id")
    asked = {"period_id": period.pk, "state": FactState.CONFIRMED, "passage_id__in": passages}
    return [row for kind in fact_kinds() for row in rows_as_of(kind, number).filter(**asked)]


def named_as_of(row: models.Model) -> dict[str, list[models.Model]]:
    """What the relations to many of a record named in a row of its history, without what was deleted since."""
    named = {}
    for field in row.instance_type._meta.many_to_many:
        keys = getattr(row, field.name).values(field.m2m_reverse_field_name())
        named[field.name] = list(field.related_model.objects.filter(pk__in=keys))
    return named
