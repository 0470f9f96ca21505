"""The way from the fixtures into the database.

After the first load the database is the truth: a record that differs from its fixture was corrected, and is kept.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction

from xinyi_sat.facts.change_files import CHANGES_FILE, changed_records, load_changes
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.dumping import fields_of, fixture_files, tracked_models
from xinyi_sat.facts.files import disk_trouble
from xinyi_sat.facts.first_changes import loaded_at
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import LoadedRecord, Tracked, UnexplainedChange
from xinyi_sat.facts.models.many import save_many
from xinyi_sat.facts.natural_keys import KnownRecords
from xinyi_sat.facts.progress import Heard, unheard
from xinyi_sat.facts.rules import refuse_broken

UNLOADABLE = (
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
AT_ONCE = 500  # records that are saved together


class UnloadableFixture(ValueError):  # noqa: N818 (it says what the file is)
    """A fixture that can't be loaded: which file, which record and why. Nothing of any fixture was loaded."""


@dataclass
class Loaded:
    """What a load did to the records of one model."""

    created: int = 0
    unchanged: int = 0
    kept: list[Tracked] = field(default_factory=list)
    removed: list[Tracked] = field(default_factory=list)


@transaction.atomic
def load_fixtures(folder: Path, heard: Heard = unheard) -> dict[type[Tracked], Loaded]:
    """Load every fixture of a folder, wholly or not at all, and say what became of each model; UnloadableFixture."""
    changes = read_fixture(folder / CHANGES_FILE)
    with refusing(f"{CHANGES_FILE} 中的更改"):
        load = Load(changed_records(changes))
    paths = {folder / filename: models for filename, models in fixture_files().items()}
    total, done = sum(map(records_in, paths)), 0
    for path, models in paths.items():
        for _ in load.file(path, models):
            heard(done := done + 1, total)
    with refusing(f"{CHANGES_FILE} 中的更改"):
        load_changes(changes, load.changed, load.known)
    return load.outcomes


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """UnloadableFixture where part of a fixture is not as it should be; a disk that is full says nothing of it."""
    try:
        yield
    except UNLOADABLE as error:
        if disk_trouble(error):
            raise
        raise UnloadableFixture(f"{what}不能载入：{in_words(error)}") from error


def records_in(path: Path) -> int:
    """About how many records a file has, without reading it as what it is."""
    try:
        return path.read_bytes().count(b'"model":')
    except OSError:
        return 0  # whoever reads it says so


@dataclass
class New:
    """A record of a fixture that is not there yet: the how-manieth it is, and what it names."""

    number: int
    record: Tracked
    named: dict[str, list[Tracked]]


class Load:
    """One load of a folder: new records are gathered and saved many at a time."""

    def __init__(self, wanted: set[tuple]):
        self.wanted = wanted  # the records whose history the file of changes has, by label and natural key
        self.changed: dict[tuple, Tracked] = {}  # those of them that were created
        self.known = KnownRecords()
        self.outcomes = {model: Loaded() for model in tracked_models()}
        self.remembered: dict[type[Tracked], set[tuple]] = {}
        self.unnoted: list[Tracked] = []  # those of which nobody has noted yet that they were loaded
        self.new: list[New] = []

    def file(self, path: Path, models: list[type[Tracked]]) -> Iterator[None]:
        """Load the records of one file, which may be of these models, one after the other; UnloadableFixture."""
        expected = {model._meta.label_lower: model for model in models}
        for number, one in enumerate(read_fixture(path), 1):
            with refusing(f"{path.name} 的第 {number} 条记录"):
                self.record(path, number, expected[one["model"]], one["fields"])
            yield
        self.save(path)
        LoadedRecord.objects.remember(self.unnoted)
        self.unnoted.clear()
        for model in set(models) & set(fact_kinds()):
            self.known.forget(model)  # nothing refers to facts

    def record(self, path: Path, number: int, model: type[Tracked], fields: dict) -> None:
        """Gather a new record, or see that there is or was one already: unchanged, or kept because it was corrected."""
        if self.new and (len(self.new) == AT_ONCE or type(self.new[0].record) is not model):
            self.save(path)
        record, named = self.known.built(model, fields)
        key, outcome = record.natural_key(), self.outcomes[model]
        existing = self.known.of(model).get(key)
        if existing is not None:
            as_loaded = is_as_loaded(self.saved(path, existing), fields)
            outcome.unchanged += as_loaded
            outcome.kept += [] if as_loaded else [existing]
        elif key in self.loaded(model):
            outcome.removed.append(record)
        else:
            refuse_broken(record)
            self.known.add(record)
            self.new.append(New(number, record, named))
            outcome.created += 1
        if key not in self.loaded(model):
            self.loaded(model).add(key)
            self.unnoted.append(record)

    def loaded(self, model: type[Tracked]) -> set[tuple]:
        """The natural keys of a model that were loaded before, or now."""
        if model not in self.remembered:
            self.remembered[model] = LoadedRecord.objects.keys_of(model)
        return self.remembered[model]

    def saved(self, path: Path, record: Tracked) -> Tracked:
        """A record that is in the database by now."""
        if record.pk is None:
            self.save(path)
        return record

    def save(self, path: Path) -> None:
        """Save what was gathered; UnloadableFixture where the database refuses any of it."""
        new, self.new = self.new, []
        if not new:
            return
        records = [one.record for one in new]
        try:
            at = [loaded_at(record) for record in records]
            save_many(records, [one.named for one in new], ChangeKind.LOADED, at=at)
        except DatabaseError as error:
            raise (refused(path, new) or error) from error
        for record in records:
            self.known.add(record)  # again, for it has a primary key now
        keys = {(record._meta.label_lower, record.natural_key()): record for record in records}
        self.changed |= {key: keys[key] for key in self.wanted & set(keys)}


def refused(path: Path, new: list[New]) -> UnloadableFixture | None:
    """Which of the records that could not be saved together is the culprit, and why: those before it are there by now. None where the disk refuses."""
    for one in new:
        one.record.pk, one.record._state.adding = None, True
        try:
            one.record.full_clean()
            save_many([one.record], [one.named], ChangeKind.LOADED)
        except UNLOADABLE as error:
            refusal = UnloadableFixture(f"{path.name} 的第 {one.number} 条记录不能载入：{in_words(error)}")
            return None if disk_trouble(error) else refusal
    return None


def is_as_loaded(existing: Tracked, fields: dict) -> bool:
    """Whether a record is as its fixture has it."""
    current = fields_of(existing)
    return all(unordered(current[name]) == unordered(value) for name, value in fields.items())


def read_fixture(path: Path) -> list[dict]:
    """The records of one file; UnloadableFixture if it is missing or is no list of records."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnloadableFixture(f"读不了 {path.name}：应有这个文件，内容应是 UTF-8 的 JSON（{error}）。") from error
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise UnloadableFixture(f"{path.name} 应是记录的列表。")
    return records


def unordered(value: object) -> object:
    """A value of a fixture; of several related records, each a natural key, the order says nothing."""
    keys = isinstance(value, list) and all(isinstance(one, list) for one in value)
    return sorted(value) if keys else value


def in_words(error: Exception) -> str:
    """Why a record was refused, for the person who mends the fixture."""
    reasons = [error, error.__cause__, error.__context__]
    for reason in reasons:
        if isinstance(reason, ValidationError):
            return "".join(reason.messages)
    if any(isinstance(reason, ObjectDoesNotExist) for reason in reasons):
        return f"它指向的记录不存在（{error}）"
    return f"模型或字段不符（{error}）"
