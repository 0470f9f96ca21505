"""What a change changed, in the words of those who read it, and which changes readers are told of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, takewhile
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q

from xinyi_sat.facts.choices import EXPLAINED, FactState, PeriodState
from xinyi_sat.facts.fields import END, START, place
from xinyi_sat.facts.fixtures.dumping import tracked_models
from xinyi_sat.facts.models import Fact, Organisation, Passage, Period, Tracked
from xinyi_sat.facts.models.history import RECORDS, Change
from xinyi_sat.facts.quotation import quoted

NOTHING = "（空）"
GONE = "（已删除）"
PERIOD_OF = {Period: "id", Passage: "document__period_id", Organisation: None}  # any other model has a `period`


@dataclass(frozen=True)
class Difference:
    """One field of a record before and after a change, as readers see it."""

    name: str
    label: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.label}：{self.old} → {self.new}"


def period_of(model: type[Tracked]) -> str | None:
    """Where a change of a model has its period; None for organisations, which belong to none."""
    return PERIOD_OF.get(model, "period_id")


def earlier(model: type[Tracked]) -> models.QuerySet:
    """Inside a question about changes of a model: those of the same record that came before, latest first."""
    before = Q(history_date__lt=OuterRef("history_date"))
    before |= Q(history_date=OuterRef("history_date"), history_id__lt=OuterRef("history_id"))
    return model.history.filter(before, id=OuterRef("id")).order_by("-history_date", "-history_id")


def told_changes(model: type[Tracked]) -> models.QuerySet:
    """The changes of a model that readers are told of: corrections and revisions of what they could read before."""
    readable = model.objects.published() if issubclass(model, Fact) else model.objects.public()
    told = model.history.filter(Exists(readable.filter(pk=OuterRef("id"))), change_kind__in=EXPLAINED)
    if period := period_of(model):
        until_then = Period.history.filter(id=OuterRef(period), history_date__lte=OuterRef("history_date"))
        told = told.filter(Exists(until_then.exclude(state=PeriodState.DRAFT)))
    if issubclass(model, Fact):
        told = told.filter(Exists(earlier(model).exclude(state=FactState.DRAFT)))
    return told


def with_told_differences(changes: Iterable[Change]) -> list[Change]:
    """Changes of one model that readers are told of, each with the `differences` it made, as pages show them.

    However many they are, they cost one question for the states before them and one for each relation.
    """
    changes = list(changes)
    if changes:
        states = type(changes[0]).objects.filter(id__in={change.id for change in changes})
        before = {
            newer.pk: older
            for older, newer in pairwise(states.order_by("id", "history_date", "history_id"))
            if older.id == newer.id
        }
        pairs = [(before[change.pk], change) for change in changes]
        for (older, newer), found in zip(pairs, compared(pairs), strict=True):
            newer.differences = with_places(found, older, newer)
    return changes


def with_places(found: list[Difference], older: Change, newer: Change) -> list[Difference]:
    """Offsets, which files count from 0, as the places that pages count from 1."""
    model, shown = newer.instance_type, found
    for name in model.figure_names() if issubclass(model, Fact) else ():
        others = [one for one in shown if one.name not in (name + START, name + END)]
        if len(others) < len(shown):
            label = f"{model._meta.get_field(name).verbose_name}字位"
            old, new = (place(getattr(one, name + START), getattr(one, name + END)) for one in (older, newer))
            others.append(Difference(f"{name}_place", label, old or NOTHING, new or NOTHING))
        shown = others
    return shown


def public_changes(record: Tracked) -> list[Change]:
    """The changes of a record that readers are told of, newest first, each with its `differences`."""
    return with_told_differences(told_changes(type(record)).filter(id=record.pk))


def has_lost_figures(fact: Fact, changes: list[Change]) -> bool:
    """Whether a fact has no figure, and had one before a change that readers are told of."""
    names = fact.figure_names()
    is_without = not any(getattr(fact, name) for name in names)
    return is_without and any(one.name in names for change in changes for one in change.differences)


def explained_changes(
    facts: models.QuerySet, after: datetime | None = None, until: datetime | None = None
) -> list[Change]:
    """The changes of these facts that readers are told of, in a span of time, oldest first, with their `differences`."""
    changes = told_changes(facts.model).filter(id__in=facts.order_by().values("pk"))
    changes = changes.filter(history_date__gt=after) if after else changes
    changes = changes.filter(history_date__lte=until) if until else changes
    return with_told_differences(changes.order_by("history_date", "history_id"))


def withdrawal_of(fact: Fact) -> Change:
    """The change by which a withdrawn fact came to be withdrawn; corrections since then don't count."""
    return list(takewhile(lambda change: change.state == FactState.WITHDRAWN, fact.history.all()))[-1]


def with_differences(changes: Iterable[Change]) -> list[Change]:
    """The changes of one record, newest first, each with the `differences` it made; none for the first of all."""
    changes = list(changes)
    before = changes[-1].prev_record if changes else None
    pairs = pairwise([*changes, before] if before else changes)
    found = compared([(older, newer) for newer, older in pairs])
    for number, change in enumerate(changes):
        change.differences = found[number] if number < len(found) else []
    return changes


def latest_change(record: Tracked) -> Change | None:
    """The change that made a record what it is; none before it is first saved."""
    return record.history.first() if record.pk else None


def author_of(change: Change) -> str:
    """Who made a change, as other admins are told; readers never are."""
    user = change.history_user
    return f"“{user.get_full_name() or user.get_username()}”" if user else "别人"


def differences(older: Change, newer: Change) -> list[Difference]:
    """The fields that differ between two states of a record, in the order of the model."""
    return compared([(older, newer)])[0]


def compared(pairs: list[tuple[Change, Change]]) -> list[list[Difference]]:
    """The differences of many pairs of states of one model; one question for each relation, not for each pair."""
    found: list[list[Difference]] = [[] for _ in pairs]
    for field in compared_fields(pairs[0][0].instance_type) if pairs else ():
        for number, difference in differing_in(field, pairs):
            found[number].append(difference)
    return found


def differing_in(field: models.Field, pairs: list[tuple[Change, Change]]) -> Iterator[tuple[int, Difference]]:
    """Which of the pairs differ in a field, by their numbers, and how."""
    values = values_of(field, [change for pair in pairs for change in pair])
    differing = {number: (old, new) for number, (old, new) in enumerate(pairs) if values[old.pk] != values[new.pk]}
    words = in_words(field, {one.pk: values[one.pk] for pair in differing.values() for one in pair})
    for number, (old, new) in differing.items():
        yield number, Difference(field.name, field.verbose_name, words[old.pk], words[new.pk])


def compared_fields(model: type[Tracked]) -> list[models.Field]:
    """The fields whose changes are shown, in the order of the model; numbers derived from wordings are not."""
    return [field for field in RECORDS.fields_included(model) if field.editable] + [*model._meta.many_to_many]


def values_of(field: models.Field, changes: list[Change]) -> dict[int, Any]:
    """The value of a field at each change, by the change's key; of a relation, the keys of what it named then."""
    if not field.many_to_many:
        return {change.pk: getattr(change, field.attname) for change in changes}
    named: dict[int, set[int]] = {change.pk: set() for change in changes}
    rows = RECORDS.m2m_models[field].objects.filter(history__in=named)
    for change, other in rows.values_list("history", field.m2m_reverse_field_name()):
        named[change].add(other)
    return named


def in_words(field: models.Field, values: dict[int, Any]) -> dict[int, str]:
    """The values of a field as readers see them."""
    if field.related_model:
        return {key: "、".join(names) or NOTHING for key, names in named_by(field, values).items()}
    return {key: word_of(field, value) for key, value in values.items()}


def named_by(field: models.Field, values: dict[int, Any]) -> dict[int, list[str]]:
    """The names of the records that the values of a relation stand for, sorted."""
    keys = {key: keys_among(value) for key, value in values.items()}
    related = field.related_model._base_manager.select_related()
    names = {one.pk: str(one) for one in related.filter(pk__in=set().union(*keys.values()))}
    return {key: sorted(names.get(pk, GONE) for pk in pks) for key, pks in keys.items()}


def keys_among(value: Any) -> set[int]:
    """The keys that a value of a relation holds: several, one or none."""
    return value if isinstance(value, set) else {value} - {None}


def gone_from(change: Change) -> list[str]:
    """What a state of a record named and was deleted since, in words: in which field, and what it was called."""
    gone = []
    for field in compared_fields(change.instance_type):
        if field.related_model:
            named = keys_among(values_of(field, [change])[change.pk])
            there = field.related_model._base_manager.filter(pk__in=named).values_list("pk", flat=True)
            gone += [f"{field.verbose_name}{last_called(field.related_model, pk)}" for pk in sorted(named - {*there})]
    return gone


def last_called(model: type[Tracked], pk: int) -> str:
    """What a record that was deleted was called, in quotation marks; its kind where nothing of its name is left."""
    last = model.history.filter(id=pk).first()
    try:
        return quoted(last.instance) if last else f"（{model._meta.verbose_name}）"
    except ObjectDoesNotExist:  # what its name begins with is gone too
        return f"（{model._meta.verbose_name}）"


def word_of(field: models.Field, value: Any) -> str:
    """One value of a field that is no relation as readers see it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    value = dict(field.flatchoices).get(value, value) if field.choices else value
    return NOTHING if value in (None, "") else str(value)


def data_revision() -> int:
    """A number that every change of any record raises, deletions and drafts too; one question to the database."""
    newest = [model.history.order_by().values(newest=Max("history_id")) for model in tracked_models()]
    return sum(row["newest"] or 0 for row in newest[0].union(*newest[1:], all=True))
