"""The way from the fixtures into the database.

After the first load the database is the truth: a record that differs from its fixture was corrected, and is kept.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, models, transaction

from xinyi_sat.facts.change_files import CHANGES_FILE, load_changes
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.dumping import fields_of, fixture_files, tracked_models
from xinyi_sat.facts.first_changes import loaded_at
from xinyi_sat.facts.models import LoadedRecord, UnexplainedChange, one_change

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
    UnexplainedChange,
)


class UnloadableFixture(ValueError):  # noqa: N818 (it says what the file is)
    """A fixture that can't be loaded: which file, which record and why. Nothing of any fixture was loaded."""


@dataclass
class Loaded:
    """What a load did to the records of one model."""

    created: list[models.Model] = field(default_factory=list)
    unchanged: int = 0
    kept: list[models.Model] = field(default_factory=list)
    removed: list[models.Model] = field(default_factory=list)


@transaction.atomic
def load_fixtures(folder: Path) -> dict[type[models.Model], Loaded]:
    """Load every fixture of a folder, wholly or not at all, and say what became of each model; UnloadableFixture."""
    loaded = {model: Loaded() for model in tracked_models()}
    for filename, expected in fixture_files().items():
        load_fixture(folder / filename, {model._meta.label_lower: loaded[model] for model in expected})
    created = [record for outcome in loaded.values() for record in outcome.created]
    try:
        load_changes(read_fixture(folder / CHANGES_FILE), created)
    except UNLOADABLE as error:
        raise UnloadableFixture(f"{CHANGES_FILE} 中的更改不能载入：{in_words(error)}") from error
    return loaded


def load_fixture(path: Path, expected: dict[str, Loaded]) -> None:
    """Load the records of one file, counting them under the labels of the models it may carry; UnloadableFixture."""
    for number, record in enumerate(read_fixture(path), 1):
        try:
            load_record(record, expected[record["model"]])
        except UNLOADABLE as error:
            raise UnloadableFixture(f"{path.name} 的第 {number} 条记录不能载入：{in_words(error)}") from error


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
        with one_change(fixture.object, ChangeKind.LOADED, at=loaded_at(fixture.object)):
            fixture.save()
        loaded.created.append(fixture.object)
        return
    existing = type(fixture.object).objects.get(pk=fixture.object.pk)
    current = fields_of(existing)
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
