"""What the history of a record begins with: that it was loaded, as of the day its document was published.

The day of the document, and not of the loading, so that two databases loaded from the same files have the same history.
"""

from datetime import UTC, date, datetime, time
from typing import Any

from django.db import models
from django.utils.timezone import make_aware

from xinyi_sat.facts.choices import ChangeKind, PeriodState

FROM_THE_START = datetime(2000, 1, 1, tzinfo=UTC)  # for what no document dates: periods and organisations


def loaded_at(record: models.Model) -> datetime:
    """When the history of a loaded record begins."""
    document = getattr(getattr(record, "passage", record), "document", record)
    day: date | None = getattr(document, "published_on", None)
    return make_aware(datetime.combine(day, time())) if day else FROM_THE_START


def remember_all(apps: Any, label: str) -> None:
    """In a migration: give every record of an app the first change of its history."""
    app = apps.get_app_config(label)
    for model in app.get_models():
        try:
            changes = app.get_model(f"Historical{model.__name__}")
        except LookupError:
            continue
        for record in model.objects.order_by("pk"):
            remember(app, record, changes)


def remember(app: Any, record: models.Model, changes: type[models.Model]) -> None:
    """The first change of one record, with its relations to many."""
    fields = [field.attname for field in record._meta.concrete_fields if field.name != "text"]
    change = changes.objects.create(
        **{name: getattr(record, name) for name in fields},
        history_date=loaded_at(record),
        history_type="+",
        change_kind=ChangeKind.LOADED,
    )
    for relation in record._meta.many_to_many:
        through = relation.remote_field.through
        rows = app.get_model(f"Historical{through.__name__}")
        for row in through.objects.filter(**{relation.m2m_field_name(): record}):
            rows.objects.create(
                history=change, **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
            )


def publish_all(apps: Any) -> None:
    """In a migration: a period of a site that had no drafts was published."""
    apps.get_model("facts", "Period").objects.update(state=PeriodState.PUBLISHED)
