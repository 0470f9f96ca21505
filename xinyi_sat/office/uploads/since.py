"""What became of records since a sheet of them was downloaded, so that an old sheet undoes nothing that others have done."""

from dataclasses import dataclass, field

from xinyi_sat.facts.models import Change, Fact, Period


@dataclass
class ChangesSince:
    """The changes of one record after the download."""

    first_slug: str  # after the first of them
    author: str = ""  # of the last of them
    is_new: bool = False  # the record was added since, or loaded with others: then every field counts as changed
    is_own: bool = True  # nobody has changed it but whoever uploads
    texts: dict[str, list[str]] = field(default_factory=dict)  # of each changed field, at the download and ever since

    def add(self, change: Change, user_id: int) -> None:
        """Take in one change; once more makes no difference."""
        self.author, self.is_own = change.author, self.is_own and change.user_id == user_id
        for one in change.differences:
            self.texts.setdefault(one.name, [one.old]).append(one.new)

    @property
    def slug(self) -> str:
        """The slug at the download."""
        return self.texts.get("slug", [self.first_slug])[0]

    def has_changed(self, name: str, now: str) -> bool:
        """Whether a field got its present text after the download."""
        return self.is_new or self.texts.get(name, [now])[0] != now

    def has_had(self, name: str, text: str) -> bool:
        """Whether a field had this text at the download or since: then nobody has typed it against what others saved."""
        return text in self.texts.get(name, ())


def changes_since(number: int, period: Period, kind: type[Fact], user_id: int) -> dict[int, ChangesSince]:
    """The facts of a kind and a period that were changed or deleted after the change of this number, by their keys."""
    found: dict[int, ChangesSince] = {}
    rows = kind.history.filter(period=period, change_id__gt=number).select_related("change__user")
    for row in rows.order_by("history_id"):
        since = found.setdefault(row.id, ChangesSince(row.slug))
        since.is_new = since.is_new or row.history_type == "+" or not row.change.noun
        since.add(row.change, user_id)
    return found
