"""The names of the association, which no password may contain."""

from pypinyin import Style, lazy_pinyin

from xinyi_sat.facts.models import Association

UNITS = "市县区省"  # left out by who types 临湖 for 临湖市


def guessable_names() -> list[str]:
    """The names of the association and its place, whole and in pinyin: 临湖市, 临湖, linhushi, linhu, lh."""
    association = Association.objects.current()
    names = [association.name, association.short_name, association.region, association.prefecture]
    names += [name.rstrip(UNITS) for name in (association.region, association.prefecture)]
    written = [name for name in names if name]
    pinyin = ["".join(lazy_pinyin(name)) for name in written]
    initials = ["".join(lazy_pinyin(name, style=Style.FIRST_LETTER)) for name in written]
    return [*written, *pinyin, *(one for one in initials if len(one) > 1)]
