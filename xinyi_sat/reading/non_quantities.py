"""Names, dates, ordinals, grades and ratios, by the rules of `non_quantities.toml`: numerals that are no quantity."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path

from xinyi_sat.reading.phrases import COUNTING_WORD, PREFIX
from xinyi_sat.reading.vocabulary import WORDS, longest_first


class Kind(StrEnum):
    """What a numeral expression stands for."""

    QUANTITY = "quantity"
    ORDINAL = "ordinal"
    GRADE = "grade"
    DATE = "date"
    RATIO = "ratio"
    NAME = "name"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.QUANTITY: "数量",
    Kind.ORDINAL: "序数",
    Kind.GRADE: "等级",
    Kind.DATE: "日期",
    Kind.RATIO: "比例",
    Kind.NAME: "名称",
}

KIND_OF_GROUP = {
    "listed": Kind.NAME,
    "first": Kind.ORDINAL,
    "date": Kind.DATE,
    "ratio": Kind.RATIO,
    "name": Kind.NAME,
    "ordinal": Kind.ORDINAL,
    "grade": Kind.GRADE,
}


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{([A-Z_]+)\}", lambda match: parts[match[1]], pattern)


def _listed(name: str) -> str:
    return "|".join(longest_first(WORDS[name]))


@cache
def non_quantity_pattern() -> re.Pattern:
    """One pattern of all rules, of which the first that matches counts; its groups are the keys of KIND_OF_GROUP, and `ordinary`.

    Compiled at its first use, since that takes as long as starting Django.
    """
    written = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    parts = {"COUNTING_WORD": COUNTING_WORD, "PREFIX": PREFIX}
    for name, pattern in written["parts"].items():
        parts[name] = _filled(pattern, parts)
    rules = {
        name: "|".join(f"(?:{_filled(rule, parts)})" for rule in rules) for name, rules in written["rules"].items()
    }
    return re.compile(
        f"(?![0-9])(?:(?P<listed>{_listed('names')})|(?P<ordinary>{_listed('everyday_words')}|十分(?!钟)|(?<=[{WORDS['before_word_with_one']}])一))"
        f"|(?P<first>{parts['FIRST']})|" + "|".join(f"(?P<{name}>{rule})" for name, rule in rules.items())
    )
