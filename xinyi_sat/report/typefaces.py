"""The typefaces of the printed report: the standard's where they are installed, else Noto's.

Generic names are never used: `serif` alone would put DejaVu before any Chinese typeface.
"""

import os
import subprocess
from collections.abc import Iterable
from functools import cache

from django.core.exceptions import ImproperlyConfigured

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
STACKS = {
    "fangsong": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", SERIF),
    "song": ("SimSun", "STSong", SERIF),
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", SERIF),
    "hei": ("SimHei", "STHeiti", SANS),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", SERIF),
    "charts": ("PingFang SC", "Microsoft YaHei", SANS),  # on pages too, so the typefaces of screens come first
}
USES = {"fangsong": "正文", "title": "标题", "hei": "一级标题和表头", "kai": "二级标题", "song": "页码", "charts": "图"}

ASKED_FOR = {  # what the styles of the Word file name; which of them are there, only the reader's machine knows
    "正文": "仿宋_GB2312",
    "标题": "方正小标宋简体",
    "一级标题和表头": "黑体",
    "二级标题": "楷体_GB2312",
    "页码": "宋体",
}


def css_variables() -> str:
    """The stacks as variables of CSS, for the print stylesheet."""
    stacks = (f"--{role}: {', '.join(quoted(family) for family in stack)};" for role, stack in STACKS.items())
    return f":root {{ {' '.join(stacks)} }}\n"


def quoted(family: str) -> str:
    """A family as CSS names it."""
    return f'"{family}"'


def typefaces_used() -> list[tuple[str, str]]:
    """What each typeface is used for and which one it is: the first of its stack that is installed."""
    found = installed()
    return [(use, next((one for one in STACKS[role] if one in found), SERIF)) for role, use in USES.items()]


def typefaces_printed() -> str:
    """Which typefaces the printed report is set in."""
    return in_words(typefaces_used())


def typefaces_asked_for() -> str:
    """Which typefaces the Word file asks for, and which its pictures are drawn in."""
    drawn = dict(typefaces_used())[USES["charts"]]
    asked = in_words(ASKED_FOR.items())
    return f"{asked}，打开本文件的电脑没有其中哪种，就以别的字体代替；图已用 {drawn} 画好"


def in_words(uses: Iterable[tuple[str, str]]) -> str:
    """Each typeface once, with all that it is used for."""
    families: dict[str, list[str]] = {}
    for use, family in uses:
        families.setdefault(family, []).append(use)
    return "；".join(f"{'、'.join(uses)}用 {family}" for family, uses in families.items())


@cache
def installed() -> frozenset[str]:
    """The families this machine has, under each of their names."""
    return frozenset(name for line in fontconfig("fc-list", "--format", "%{family}\n") for name in line.split(","))


def typeface_files() -> list[str]:
    """The files of typefaces on this machine, and of the rules which one to take.

    Names and versions would not say what is printed: another file of the same name may draw other characters.
    """
    files = fontconfig("fc-list", "--format", "%{file}\n")
    rules = [line[2:].partition(": ")[0] for line in fontconfig("fc-conflist")]  # like "+ /etc/fonts/fonts.conf: ..."
    return [path for path in sorted({*files, *rules}) if os.path.exists(path)]


def fontconfig(*command: str) -> list[str]:
    """The lines that a program of fontconfig says, names of files among them that need not be UTF-8; ImproperlyConfigured."""
    path = os.pathsep.join([os.environ.get("PATH", ""), os.defpath])
    try:
        said = subprocess.run(command, env=os.environ | {"PATH": path}, capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise ImproperlyConfigured(f"没有找到程序 {command[0]}，请先安装 fontconfig。") from error
    return os.fsdecode(said).splitlines()
