"""Records, terms and choices by what an office calls them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any
from unicodedata import normalize

from django.core.exceptions import ValidationError

BETWEEN_NAMES = "、"
SEPARATORS = re.compile("[、;；\n]")
IGNORED = re.compile(r"[\s“”\"'‘’《》]+")


def simplified(text: str) -> str:
    """What a name is looked up by: its width, case, spaces, quotation marks and 《》 make no difference."""
    return IGNORED.sub("", normalize("NFKC", text)).casefold()


class Names:
    """What a column chooses from, each value by its name or its slug; where the list is not complete, people add to it."""

    def __init__(self, called: str, named: Iterable[tuple[Any, str, str]], *, is_complete: bool):
        self.called, self.is_complete = called, is_complete
        self.words = {value: (slug, name) for value, slug, name in named}
        self.values: dict[str, list] = defaultdict(list)
        for value, words in self.words.items():
            for word in set(map(simplified, words)):
                self.values[word].append(value)
        self.options = list(map(self.label, self.words)) if is_complete else []  # what a sheet offers

    def label(self, value: Any) -> str:
        """What leads to this value and no other: its name, or else its slug."""
        slug, name = self.words[value]
        return name if len(self.values[simplified(name)]) == 1 and BETWEEN_NAMES not in name else slug

    def one(self, text: str) -> Any:
        """The value of this name or slug; ValidationError where there is none, or more than one."""
        found = self.values.get(simplified(text), [])
        if len(found) == 1:
            return found[0]
        if self.is_complete:
            raise ValidationError(f"没有“{text}”这一项，应为：{'、'.join(self.options)}。")
        if found:
            slugs = "、".join(sorted(self.words[value][0] for value in found))
            raise ValidationError(f"叫“{text}”的{self.called}有 {len(found)} 条，请改写标识：{slugs}。")
        close = get_close_matches(simplified(text), self.values, n=1, cutoff=0.7)
        hint = f"是不是“{self.label(self.values[close[0]][0])}”？" if close else ""
        raise ValidationError(f"没有{self.called}“{text}”。{hint}新的请先在后台“{self.called}”中登记。")

    def several(self, text: str) -> set:
        """The values of these names."""
        return {self.one(name) for name in SEPARATORS.split(text) if name.strip()}
