"""The way between fixtures and the database, in both directions.

After the first load the database is the truth: a record that differs from its fixture was corrected, and is kept.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, models, transaction

from xinyi_sat.facts.files import write_whole
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, LoadedRecord, Organisation, Passage, Period

UNLOADABLE = (
    DeserializationError,
    ValidationError,
    FieldDoesNotExist,
    ObjectDoesNotExist,
    DatabaseError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)


class UnloadableFixture(ValueError):  # noqa: N818 (it says what the file is)
    """A fixture that can't be loaded: which file, which record and why. Nothing of any fixture was loaded."""


@dataclass
class Loaded:
    """What a load did to the records of one model."""

    created: int = 0
    unchanged: int = 0
    kept: list[models.Model] = field(default_factory=list)
    removed: list[models.Model] = field(default_factory=list)


def fixture_files() -> dict[str, list[type[models.Model]]]:
    """Each fixture file and the models it carries, in the order they load: what others lean on comes first."""
    shared = {"organisations.json": [Organisation], "sources.json": [Period, Document, Passage]}
    return shared | {f"{kind.plural()}.json": [kind] for kind in fact_kinds()}


@transaction.atomic
def load_fixtures(folder: Path) -> dict[type[models.Model], Loaded]:
    """Load every fixture of a folder, wholly or not at all, and say what became of each model; UnloadableFixture."""
    loaded = {model: Loaded() for expected in fixture_files().values() for model in expected}
    for filename, expected in fixture_files().items():
        labels = {model._meta.label_lower: model for model in expected}
        for number, record in enumerate(read_fixture(folder / filename), 1):
            try:
                load_record(record, loaded[labels[record["model"]]])
            except UNLOADABLE as error:
                raise UnloadableFixture(f"{filename} 的第 {number} 条记录不能载入：{in_words(error)}") from error
    return loaded


def read_fixture(path: Path) -> list[dict]:
    """The records of one file; UnloadableFixture if it is missing or is no list of records."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnloadableFixture(f"读不了 {path.name}：应有这个文件，内容应是 UTF-8 的 JSON（{error}）。") from error
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise UnloadableFixture(f"{path.name} 应是记录的列表。")
    return records


def load_record(record: dict, loaded: Loaded) -> None:
    """Create a record, or see that there is or was one already: unchanged, or kept because it was corrected."""
    [fixture] = serializers.deserialize("python", [record])
    if fixture.object.pk is None and LoadedRecord.objects.knows(fixture.object):
        loaded.removed.append(fixture.object)
        return
    LoadedRecord.objects.remember(fixture.object)
    if fixture.object.pk is None:
        fixture.object.full_clean()
        fixture.save()
        loaded.created += 1
        return
    existing = type(fixture.object).objects.get(pk=fixture.object.pk)
    current = json.loads(written([existing]))[0]["fields"]
    if all(unordered(current[name]) == unordered(value) for name, value in record["fields"].items()):
        loaded.unchanged += 1
    else:
        loaded.kept.append(existing)


def unordered(value: object) -> object:
    """A value of a fixture; of several related records, each a natural key, the order says nothing."""
    keys = isinstance(value, list) and all(isinstance(one, list) for one in value)
    return sorted(value) if keys else value


def in_words(error: Exception) -> str:
    """Why a record was refused, for the person who mends the fixture."""
    reasons = [error, error.__cause__, error.__context__]
    for reason in reasons:
        if isinstance(reason, ValidationError):
            return "；".join(reason.messages)
    if any(isinstance(reason, ObjectDoesNotExist) for reason in reasons):
        return f"它指向的记录不存在（{error}）"
    return f"模型或字段不符（{error}）"


def dump_fixtures(folder: Path) -> list[Path]:
    """Write every fixture back, each whole or not at all; the files whose content changed. UnwritableFile."""
    changed = []
    for filename, expected in fixture_files().items():
        text = (written([record for model in expected for record in in_fixture_order(model)]) + "\n").encode()
        path = folder / filename
        if not path.exists() or path.read_bytes() != text:
            write_whole(path, text)
            changed.append(path)
    return changed


def in_fixture_order(model: type[models.Model]) -> models.QuerySet:
    """The records of a model in reading order, so that a load and a dump give the same file again."""
    if model is Passage:
        return model.objects.order_by("document__slug", "paragraph")
    if model in fact_kinds():
        return model.objects.order_by("period__slug", "passage__document__slug", "passage__paragraph", "pk")
    return model.objects.order_by("slug")


def written(records: list[models.Model]) -> str:
    """Records as a fixture has them: known by their natural keys, what is local or derived left out."""
    return serializers.serialize(
        "json", records, indent=2, use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
