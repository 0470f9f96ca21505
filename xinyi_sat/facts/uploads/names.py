"""Records by what an office calls them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from unicodedata import normalize

from django.db.models import Model

BETWEEN_NAMES = "、"
SEPARATORS = re.compile("[、;；\n]")
NOT_A_NAME = re.compile(r"[\s“”\"'‘’《》]+")


class CellError(ValueError):
    """What stands in a cell is nothing that its column takes; the message says in Chinese what was expected."""


def known_by(text: str) -> str:
    """What a name is looked up by: its width, spaces, quotation marks and 《》 make no difference."""
    return NOT_A_NAME.sub("", normalize("NFKC", text)).casefold()


class Names:
    """Records of one model, each found by its name or its slug."""

    def __init__(self, model: type[Model], records: Iterable[Model]):
        self.called = str(model._meta.verbose_name)
        self.found: dict[str, list] = defaultdict(list)
        for record in records:
            for word in {record.slug, known_by(str(record))}:
                self.found[word].append(record)

    def label(self, record: Model) -> str:
        """What leads to this record and no other: its name, or else its slug."""
        is_clear = len(self.found.get(known_by(str(record)), ())) == 1 and BETWEEN_NAMES not in str(record)
        return str(record) if is_clear else record.slug

    def one(self, text: str) -> Model:
        """The record of this name or slug; CellError where there is none, or more than one."""
        found = self.found.get(known_by(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            slugs = "、".join(sorted(one.slug for one in found))
            raise CellError(f"叫“{text}”的{self.called}有 {len(found)} 条，请改写标识：{slugs}。")
        close = get_close_matches(known_by(text), self.found, n=1, cutoff=0.7)
        hint = f"是不是“{self.found[close[0]][0]}”？" if close else ""
        raise CellError(f"没有{self.called}“{text}”。{hint}新的请先在后台“{self.called}”中登记。")

    def several(self, text: str) -> list[Model]:
        """The records of these names; a name may itself have a mark that separates names."""
        names = [text] if known_by(text) in self.found else SEPARATORS.split(text)
        return [self.one(name) for name in names if name.strip()]
