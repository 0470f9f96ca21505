"""The history of records as a file beside the fixtures: what was changed, when, and why; not by whom.

Only records that were changed after they were loaded are in it, each with its whole history. The names of admins
are not: the fixtures are published.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.dateparse import parse_datetime

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.dumping import fields_of, tracked_models
from xinyi_sat.facts.models import Tracked
from xinyi_sat.facts.models.history import RECORDS, Change

CHANGES_FILE = "changes.json"
GONE = 0  # the row that tied a record to what it named then; it was of another database


def dumped_changes(moment: datetime | None = None) -> str:
    """The content of the file of changes: all of them, or those up to a moment."""
    rows = [row for model in tracked_models() for row in change_rows(model, moment)]
    return json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def change_rows(model: type[Tracked], moment: datetime | None) -> Iterator[dict]:
    """The changes of every changed record of a model, oldest first; none of a record that is gone."""
    changes = model.history.filter(history_date__lte=moment) if moment else model.history.all()
    changed = changes.exclude(change_kind=ChangeKind.LOADED).values("id")
    for _, of_record in groupby(changes.filter(id__in=changed).order_by("id", "history_date"), lambda one: one.id):
        history = list(of_record)
        if history[-1].history_type != "-":
            key = [model._meta.label_lower, history[-1].instance.natural_key()]
            yield from (change_row(key, change) for change in history)


def change_row(key: list, change: Change) -> dict:
    """One change, with the record as it was after it."""
    return {
        "record": key,
        "at": change.history_date.isoformat(),
        "type": change.history_type,
        "kind": change.change_kind,
        "reason": change.history_change_reason,
        "fields": fields_of(change.instance),
    }


def load_changes(rows: list[dict], records: list[Tracked]) -> None:
    """Give records that were loaded just now the history they have in the file; others keep their own."""
    new = {(record._meta.label_lower, record.natural_key()): record for record in records}
    for record in {id(one): one for row in rows if (one := new.get(key_of(row)))}.values():
        record.history.all().delete()
    for row in rows:
        if record := new.get(key_of(row)):
            load_change(record, row)


def key_of(row: dict) -> tuple:
    """Which record a change is of."""
    label, natural_key = row["record"]
    return label, tuple(natural_key)


def load_change(record: Tracked, row: dict) -> None:
    """Put one change into the history of a record."""
    [then] = serializers.deserialize("python", [{"model": record._meta.label_lower, "fields": row["fields"]}])
    then.object.pk = record.pk
    change = record.history.model(
        **{field.attname: getattr(then.object, field.attname) for field in RECORDS.fields_included(type(record))},
        history_date=parse_datetime(row["at"]),
        history_type=row["type"],
        history_change_reason=row["reason"],
        change_kind=row["kind"],
    )
    change.save()
    for field in record._meta.local_many_to_many:
        rows = RECORDS.m2m_models[field]
        names = {"id": GONE, "history": change, field.m2m_column_name(): record.pk}
        for related in then.m2m_data.get(field.name, ()):
            rows.objects.create(**names, **{field.m2m_reverse_name(): getattr(related, "pk", related)})
