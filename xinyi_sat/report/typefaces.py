"""The typefaces of the printed report: the standard's where they are installed, else Noto's.

Generic names are never used: `serif` alone would put DejaVu before any Chinese typeface.
"""

import os
import subprocess
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


def css_variables() -> str:
    """The stacks as variables of CSS, for the print stylesheet."""
    stacks = [f"--{role}: '" + "', '".join(stack) + "';" for role, stack in STACKS.items()]
    return f":root {{ {' '.join(stacks)} }}\n"


def typefaces_used() -> list[tuple[str, str]]:
    """What each typeface is used for and which one it is: the first of its stack that is installed."""
    found = installed()
    return [(use, next((one for one in STACKS[role] if one in found), SERIF)) for role, use in USES.items()]


def typefaces_printed() -> str:
    """Which typefaces the printed report is set in, each once with all that it is used for."""
    families: dict[str, list[str]] = {}
    for use, family in typefaces_used():
        families.setdefault(family, []).append(use)
    return "；".join(f"{'、'.join(uses)}用 {family}" for family, uses in families.items())


@cache
def installed() -> frozenset[str]:
    """The families this machine has, under each of their names; ImproperlyConfigured without fontconfig."""
    path = os.pathsep.join([os.environ.get("PATH", ""), os.defpath])
    command = ["fc-list", "--format", "%{family}\n"]
    try:
        output = subprocess.run(command, env=os.environ | {"PATH": path}, capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise ImproperlyConfigured("没有找到程序 fc-list，请先安装 fontconfig。") from error
    return frozenset(name for line in os.fsdecode(output).splitlines() for name in line.split(","))
