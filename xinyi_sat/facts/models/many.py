"""Many records saved at once: a few statements, and yet each is one change of its own history."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils.timezone import now

from xinyi_sat.facts.choices import EXPLAINED, ChangeKind, FactState
from xinyi_sat.facts.models.history import RECORDS, Change, Tracked, UnexplainedChange
from xinyi_sat.facts.public_changes import tell_of_change
from xinyi_sat.facts.quotation import quoted

AT_ONCE = 500  # records that are written together
GONE = 0  # the row that tied a record to what it named, where it was of another database
Named = dict[str, list[models.Model]]  # what a record names in each of its relations to many


@transaction.atomic
def save_many(
    records: Sequence[Tracked],
    named: Sequence[Named],
    kind: ChangeKind,
    reason: str = "",
    *,
    user: AbstractBaseUser | None = None,
    at: Sequence[datetime] | None = None,
    heard: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Save many records of one model in few statements, as so many times `save_as` would; all of them or none.

    They are all new, or all there already; beside each stands what its relations to many name, and the moment of its
    change where it is not now. The rules of forms and models are for the caller to have seen to; UnexplainedChange as ever.
    `heard` is told how many of how many are saved.
    """
    if not records:
        return
    are_new = records[0]._state.adding
    if not are_new:
        refuse_unexplained(records, kind, reason)
    said = {
        "history_type": "+" if are_new else "~",
        "history_change_reason": reason.strip(),
        "history_user": user,
        "change_kind": kind,
    }
    at = at or [now()] * len(records)
    for start in range(0, len(records), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        save_some(records[some], named[some], at[some], said)
        heard(min(some.stop, len(records)), len(records))


def save_some(records: Sequence[Tracked], named: Sequence[Named], at: Sequence[datetime], said: dict) -> None:
    """Put records into their table and their history, with what they name."""
    write(records, are_new=said["history_type"] == "+")
    changes = changes_of(records, at, said)
    for field in records[0]._meta.local_many_to_many:
        name_many(field, records, [of_record[field.name] for of_record in named], changes)
    for record in records:
        record.note_saved()
    tell_of_change(records)


def named_by(record: Tracked) -> Named:
    """What a record names now in each of its relations to many."""
    return {field.name: list(getattr(record, field.name).all()) for field in record._meta.local_many_to_many}


def refuse_unexplained(records: Sequence[Tracked], kind: ChangeKind, reason: str) -> None:
    """What readers may have seen is not changed without a kind and a reason."""
    explained = kind in EXPLAINED and reason.strip()
    if not explained and not all(record.is_draft or is_being_confirmed(record) for record in records):
        raise UnexplainedChange(f"{quoted(records[0])}等已经公布，更改时应说明是更正还是修订，以及理由。")


def is_being_confirmed(record: Tracked) -> bool:
    """Whether a record is a fact that was a draft until now, which readers have not seen."""
    return record.__dict__.get("_known_state") == FactState.DRAFT


def write(records: Sequence[Tracked], *, are_new: bool) -> None:
    """Put the records themselves into their table."""
    model = type(records[0])
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    known = {} if are_new else {"update_conflicts": True, "unique_fields": ["pk"], "update_fields": columns}
    model._default_manager.bulk_create(records, **known)


def changes_of(records: Sequence[Tracked], at: Sequence[datetime], said: dict) -> list[Change]:
    """Put the records as they are now into their history."""
    model = type(records[0])
    names = [field.attname for field in RECORDS.fields_included(model)]
    changes = [
        model.history.model(**{name: getattr(record, name) for name in names}, history_date=moment, **said)
        for record, moment in zip(records, at, strict=True)
    ]
    return model.history.bulk_create(changes)


def name_many(
    field: models.ManyToManyField,
    records: Sequence[Tracked],
    named: Sequence[list[models.Model]],
    changes: Sequence[Change],
) -> None:
    """Let each record name the others given, and nothing else, in one of its relations and in its change."""
    owner, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    through = field.remote_field.through
    through._default_manager.filter(**{f"{owner}__in": records}).delete()
    pairs = [(place, one) for place, several in enumerate(named) for one in several]
    rows = [through(**{owner: records[place], other: one}) for place, one in pairs]
    through._default_manager.bulk_create(rows)
    RECORDS.m2m_models[field]._default_manager.bulk_create(
        RECORDS.m2m_models[field](history=changes[place], id=row.pk, **{owner: records[place], other: one})
        for (place, one), row in zip(pairs, rows, strict=True)
    )


def restore_changes(changes: Sequence[Change], named: Sequence[Named]) -> None:
    """Put changes of one model that were made elsewhere into its history, with what each record named then."""
    model = changes[0].instance_type
    model.history.bulk_create(changes)
    for field in model._meta.local_many_to_many:
        rows, owner, other = RECORDS.m2m_models[field], field.m2m_column_name(), field.m2m_reverse_name()
        rows._default_manager.bulk_create(
            rows(id=GONE, history=change, **{owner: change.id, other: one.pk})
            for change, of_change in zip(changes, named, strict=True)
            for one in of_change[field.name]
        )
