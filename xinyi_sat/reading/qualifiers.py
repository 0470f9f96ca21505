"""How exact a printed number is."""

from enum import StrEnum


class Qualifier(StrEnum):
    """What the words around a number say about it; the values are those of exported files."""

    EXACT = "exact"
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"
    AT_LEAST = "at_least"
    RANGE = "range"
    ROUNDED = "rounded"

    @property
    def label(self) -> str:
        """Its name for readers."""
        return READINGS[self][0]

    @property
    def examples(self) -> str:
        """Wordings of this meaning, separated by 、."""
        return READINGS[self][1]

    @property
    def meaning(self) -> str:
        """One sentence that explains such a wording to readers."""
        return READINGS[self][2]


READINGS = {
    Qualifier.EXACT: ("确数", "17期、2342人", "就是写出的数"),
    Qualifier.OVER: (
        "多于",
        "10余家、4200多名",
        "比写出的数多，小于末位非零数字加 1 的数：10 至 20 之间，4200 至 4300 之间",
    ),
    Qualifier.UNDER: ("不到", "近1000人、不足5%", "比写出的数少，少多少没有说"),
    Qualifier.ABOUT: ("大约", "约300人、50家左右", "在写出的数上下"),
    Qualifier.AT_LEAST: ("不少于", "超100场、100人以上、上千人", "等于或多于写出的数，没有上限"),
    Qualifier.RANGE: ("区间", "3至5场、数百人", "在两数之间"),
    Qualifier.ROUNDED: (
        "舍入",
        "5.36万人次",
        "以万、亿为单位保留小数，通常是舍入后的数：5.36万精确到百；上限、下限就写这个数",
    ),
}
