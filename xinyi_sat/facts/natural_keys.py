"""Records by their natural keys, each model asked for once: a hundred thousand facts name the same few documents."""

from collections.abc import Iterable
from typing import Any

from xinyi_sat.facts.models import Fact, Tracked

AT_ONCE = 2_000


class KnownRecords:
    """The records there are, and those added since; what they refer to is theirs without asking."""

    def __init__(self):
        self._by_pk: dict[type[Tracked], dict[int, Tracked]] = {}
        self._by_key: dict[type[Tracked], dict[tuple, Tracked]] = {}

    def of(self, model: type[Tracked]) -> dict[tuple, Tracked]:
        """The records of a model by their natural keys."""
        if model not in self._by_key:
            self._by_key[model], self._by_pk[model] = {}, {}
            facts = model.objects.with_named() if issubclass(model, Fact) else model.objects.all()
            for record in facts.iterator(chunk_size=AT_ONCE):
                self.add(record)
        return self._by_key[model]

    def add(self, record: Tracked) -> None:
        """Know a record from now on."""
        self.relate(record)
        self.of(type(record))[tuple(record.natural_key())] = record
        self._by_pk[type(record)][record.pk] = record

    def find(self, model: type[Tracked], key: Iterable) -> Tracked:
        """The record of a natural key; the model's DoesNotExist where there is none."""
        try:
            return self.of(model)[tuple(key)]
        except KeyError:
            raise model.DoesNotExist(f"{model._meta.verbose_name} {list(key)}") from None

    def relate(self, record: Tracked) -> Tracked:
        """The record with what it refers to; an organisation or a passage that is gone is left to be asked for."""
        for field in record._meta.concrete_fields:
            pk = getattr(record, field.attname)
            if field.many_to_one and pk is not None and issubclass(field.related_model, Tracked):
                self.of(field.related_model)
                if related := self._by_pk[field.related_model].get(pk):
                    setattr(record, field.name, related)
        return record

    def forget(self, model: type[Tracked]) -> None:
        """Let go of the records of a model that nothing refers to."""
        self._by_pk.pop(model, None)
        self._by_key.pop(model, None)

    def built(self, model: type[Tracked], fields: dict[str, Any]) -> tuple[Tracked, dict[str, list[Tracked]]]:
        """A record of these fields as a fixture has them, unsaved, and what its relations to many name."""
        record = model()
        named = {field.name: [] for field in model._meta.local_many_to_many}
        for name, value in fields.items():
            field = model._meta.get_field(name)
            if field.many_to_many:
                named[name] = [self.find(field.related_model, key) for key in value]
            elif field.is_relation:
                setattr(record, name, None if value is None else self.find(field.related_model, value))
            else:
                setattr(record, name, field.to_python(value))
        return record, named
