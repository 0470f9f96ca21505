"""The cells of a table as its files have them: what django-tables2 works out for each cell is worked out for each column.

A file has a hundred thousand rows; asking for each of their cells what arguments its column takes is most of the work.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django_tables2 import Column
from django_tables2.columns import BoundColumn
from django_tables2.utils import Accessor, signature


def cell_of(column: BoundColumn, model: type[Model]) -> Callable[[Model], Any]:
    """What gives the cell of a record in one column, as `BoundRow.get_cell_value` would."""
    found, put = value_of(Accessor(column.accessor), model), writer(column)
    empty = column.column.empty_values

    def cell(record: Model) -> Any:
        value = found(record)
        return None if value in empty else put(value, record)

    return cell


def value_of(accessor: Accessor, model: type[Model]) -> Callable[[Model], Any]:
    """What gives the value that an accessor leads to; of a choice its words, and nothing where it leads nowhere."""
    path, _, last = accessor.rpartition(accessor.SEPARATOR)
    try:
        field = accessor.get_field(model)
    except FieldDoesNotExist:
        field = None
    if getattr(field, "choices", None):
        return lambda record: getattr(Accessor(path).resolve(record), f"get_{last}_display")()
    return lambda record: accessor.resolve(record, quiet=True)


def writer(column: BoundColumn) -> Callable[[Any, Model], Any]:
    """What writes a value into a cell: the table's own method for it, or the column's."""
    write = column.value
    if getattr(write, "__func__", None) is Column.value:
        write = column.column.render  # which is all that it does
    names, takes_any = signature(write)
    given = {"column": column.column, "bound_column": column, "table": column._table}
    always = {name: given[name] for name in given if takes_any or name in names}

    def written(value: Any, record: Model) -> Any:
        varying = {"value": value, "record": record}
        return write(**always, **{name: varying[name] for name in varying if takes_any or name in names})

    return written
