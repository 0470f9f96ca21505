"""What readers have ever seen, as the history of records tells: it is not undone by a record's being hidden later."""

from django.db import models
from django.db.models import Exists, OuterRef

from xinyi_sat.facts.choices import FactState, PeriodState
from xinyi_sat.facts.models.history import RECORDS, Tracked


def seen_states(model: type[Tracked]) -> models.QuerySet:
    """The states of records of a model, past ones too, that readers could see: no drafts, of what was public meanwhile."""
    fields = {field.name: field.related_model for field in model._meta.fields}
    if "period" not in fields:
        return states_during(model, "document", seen_states(fields["document"]))
    states = states_during(model, "period", fields["period"].history.exclude(state=PeriodState.DRAFT))
    return states.exclude(state=FactState.DRAFT) if "state" in fields else states


def states_during(model: type[Tracked], name: str, others: models.QuerySet) -> models.QuerySet:
    """The states of records of a model that stood, if only for a while, together with one of these states of what they name."""
    other = model._meta.get_field(name).related_model
    ended_before = model.history.filter(
        id=OuterRef(OuterRef("id")),
        history_date__gt=OuterRef(OuterRef("history_date")),
        history_date__lte=OuterRef("history_date"),
    )
    began_after = other.history.filter(
        id=OuterRef("id"),
        history_date__gt=OuterRef("history_date"),
        history_date__lte=OuterRef(OuterRef("history_date")),
    )
    together = others.filter(~Exists(ended_before), ~Exists(began_after), id=OuterRef(f"{name}_id"))
    return model.history.filter(Exists(together)).exclude(history_type="-")


def was_named(record: Tracked) -> bool:
    """Whether readers have seen a record named by another one; one question, which asks nothing of the record itself."""
    relations = record._meta.get_fields(include_hidden=True)
    others = [one.field for one in relations if one.auto_created and one.is_relation and not one.concrete]
    naming = [
        seen_states(field.model).filter(**{past_name(field): record.pk}).order_by().values("history_id")
        for field in others
        if issubclass(field.model, Tracked)
    ]
    return naming[0].union(*naming[1:], all=True).exists()


def past_name(field: models.Field) -> str:
    """What a relation is called in questions about past states."""
    if not field.many_to_many:
        return field.name
    return f"{RECORDS.m2m_models[field]._meta.model_name}__{field.m2m_reverse_field_name()}"
