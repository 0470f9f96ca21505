"""The way from the database back into the fixtures, as it is now or as it was at a moment."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from itertools import islice
from pathlib import Path

from django.core.serializers.json import Serializer
from django.db import models
from simple_history.models import to_historic

from xinyi_sat.facts.files import write_together
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Organisation, Passage, Period, Tracked
from xinyi_sat.facts.models.history import RECORDS, Change
from xinyi_sat.facts.natural_keys import KnownRecords
from xinyi_sat.facts.progress import Heard, unheard

AT_ONCE = 500  # changes whose relations are asked for together


class RecordSerializer(Serializer):
    """Records as a fixture has them; those of a moment in the past with the relations they had then."""

    def handle_m2m_field(self, obj: Tracked, field: models.ManyToManyField) -> None:
        change = to_historic(obj)
        if change is None:
            super().handle_m2m_field(obj, field)
            return
        self._current[field.name] = [one.natural_key() for one in change.named[field.name]]


def fixture_files() -> dict[str, list[type[Tracked]]]:
    """Each fixture file and the models it carries, in the order they load: what others lean on comes first."""
    shared = {"organisations.json": [Organisation], "sources.json": [Period, Document, Passage]}
    return shared | {f"{kind.plural()}.json": [kind] for kind in fact_kinds()}


def tracked_models() -> list[type[Tracked]]:
    """Every model of records, in the order they load."""
    return [model for models_of_file in fixture_files().values() for model in models_of_file]


def write_fixtures(folder: Path, files: dict[str, str]) -> list[Path]:
    """Put files into a folder, all of them or none; those whose content changed. UnwritableFile."""
    texts = {folder / filename: text.encode() for filename, text in files.items()}
    changed = {path: text for path, text in texts.items() if not path.exists() or path.read_bytes() != text}
    write_together(changed)
    return list(changed)


def dumped_records(moment: datetime | None = None, heard: Heard = unheard) -> dict[str, str]:
    """The content of every fixture of records: as they are, or as they were at a moment."""
    known, files, done = KnownRecords(), {}, 0
    total = sum(model.objects.count() for model in tracked_models())
    for filename, models_of_file in fixture_files().items():
        records = (one for model in models_of_file for one in in_fixture_order(model, moment))
        files[filename] = written(known.relate(one) for one in heard_of(records, done, total, heard)) + "\n"
        done += sum(model.objects.count() for model in models_of_file)
    return files


def heard_of(records: Iterable[Tracked], done: int, total: int, heard: Heard) -> Iterator[Tracked]:
    """The records, each told of after so many that are done already."""
    for number, record in enumerate(records, done):
        heard(number, total)
        yield record


def in_fixture_order(model: type[Tracked], moment: datetime | None) -> Iterable[Tracked]:
    """The records of a model in reading order, so that a load and a dump give the same file again."""
    order = ["slug"]
    if model is Passage:
        order = ["document__slug", "paragraph"]
    if model in fact_kinds():
        order = ["period__slug", "passage__document__slug", "passage__paragraph", "id"]
    if moment:
        return as_of(model.history.as_of(moment).order_by(*order))
    return model.objects.prefetch_related(*(field.name for field in model._meta.local_many_to_many)).order_by(*order)


def as_of(records: models.QuerySet) -> list[Tracked]:
    """Records of a moment in the past, with what they named then."""
    then = list(records)
    return [record for record, _ in zip(then, with_named(map(to_historic, then)), strict=True)]


def with_named(changes: Iterable[Change]) -> Iterator[Change]:
    """Changes of one model, each with what its relations to many `named` then, asked for many at once."""
    changes = iter(changes)
    while some := {change.pk: change for change in islice(changes, AT_ONCE)}:
        relations = next(iter(some.values())).instance_type._meta.local_many_to_many
        for change in some.values():
            change.named = {field.name: [] for field in relations}
        for field in relations:
            other = field.m2m_reverse_field_name()
            for row in RECORDS.m2m_models[field].objects.filter(history__in=some).select_related(other).order_by("pk"):
                some[row.history_id].named[field.name].append(getattr(row, other))
        yield from some.values()


def written(records: Iterable[Tracked]) -> str:
    """Records as a fixture has them: known by their natural keys, what is local or derived left out."""
    out = StringIO()
    RecordSerializer().serialize(
        records, stream=out, indent=2, use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    return out.getvalue()


def fields_of(record: Tracked) -> dict:
    """The fields of one record as a fixture has them."""
    return json.loads(written([record]))[0]["fields"]
