"""The history of records as a file beside the fixtures: what was changed, when, and why; not by whom.

Only records that were changed after they were loaded are in it, each with its whole history. The names of admins
are not: the fixtures are published.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from textwrap import indent

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.dateparse import parse_datetime

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.dumping import fields_of, tracked_models, with_named
from xinyi_sat.facts.models import Tracked
from xinyi_sat.facts.models.history import RECORDS, Change
from xinyi_sat.facts.models.many import Named, restore_changes
from xinyi_sat.facts.natural_keys import KnownRecords

CHANGES_FILE = "changes.json"
AT_ONCE = 500  # changes that are saved together


def dumped_changes(moment: datetime | None = None) -> str:
    """The content of the file of changes: all of them, or those up to a moment."""
    known = KnownRecords()
    rows = (row for model in tracked_models() for row in change_rows(model, moment, known))
    written = [indent(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2), "  ") for row in rows]
    return "[\n" + ",\n".join(written) + "\n]\n" if written else "[]\n"


def change_rows(model: type[Tracked], moment: datetime | None, known: KnownRecords) -> Iterator[dict]:
    """The changes of every changed record of a model, oldest first; none of a record that is gone."""
    changes = model.history.filter(history_date__lte=moment) if moment else model.history.all()
    changed = changes.exclude(change_kind=ChangeKind.LOADED).values("id")
    ordered = with_named(changes.filter(id__in=changed).order_by("id", "history_date").iterator())
    histories = [list(of_record) for _, of_record in groupby(ordered, lambda one: one.id)]
    left = [(known.relate(one[-1].instance).natural_key(), one) for one in histories if one[-1].history_type != "-"]
    # By what records are called: their numbers are other ones in another database.
    for natural_key, history in sorted(left, key=itemgetter(0)):
        key = [model._meta.label_lower, natural_key]
        yield from (change_row(key, change, known) for change in history)


def change_row(key: list, change: Change, known: KnownRecords) -> dict:
    """One change, with the record as it was after it."""
    return {
        "record": key,
        "at": change.history_date.isoformat(),
        "type": change.history_type,
        "kind": change.change_kind,
        "reason": change.history_change_reason,
        "fields": fields_of(known.relate(change.instance)),
    }


def changed_records(rows: list[dict]) -> set[tuple]:
    """The records that a file of changes speaks of, by label and natural key."""
    return {key_of(row) for row in rows}


def load_changes(rows: list[dict], new: dict[tuple, Tracked], known: KnownRecords) -> None:
    """Give records that were loaded just now the history they have in the file; others keep their own."""
    forget_changes(new.values())
    pairs = ((new[key_of(row)], row) for row in rows if key_of(row) in new)
    for _, of_model in groupby(pairs, lambda pair: type(pair[0])):
        while some := list(islice(of_model, AT_ONCE)):
            changes, named = zip(*(change_of(record, row, known) for record, row in some), strict=True)
            restore_changes(changes, named)


def forget_changes(records: Iterable[Tracked]) -> None:
    """Drop the history that records have from their loading."""
    for model, of_model in groupby(records, type):
        while some := [record.pk for record in islice(of_model, AT_ONCE)]:
            model.history.filter(id__in=some).delete()


def key_of(row: dict) -> tuple:
    """Which record a change is of."""
    label, natural_key = row["record"]
    return label, tuple(natural_key)


def change_of(record: Tracked, row: dict, known: KnownRecords) -> tuple[Change, Named]:
    """One change of a record, not yet saved, and what it named then."""
    then, named = known.built(type(record), row["fields"])
    then.pk = record.pk
    change = type(record).history.model(
        **{field.attname: getattr(then, field.attname) for field in RECORDS.fields_included(type(record))},
        history_date=parse_datetime(row["at"]),
        history_type=row["type"],
        history_change_reason=row["reason"],
        change_kind=row["kind"],
    )
    return change, named
