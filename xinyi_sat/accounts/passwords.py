"""Passwords that are long and still the first that somebody would try.

There are no rules of composition (NIST SP 800-63B, ASVS): a password may be of any characters, as long as it likes. But what
everybody puts together here, the name of the place, runs of the keyboard and years, is no secret, however long.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

LEAST_LEFT = 6  # characters that must be left when everything guessable is taken out
WORDS = (
    *("kexie", "kepu", "kexue", "jishu", "xiehui", "cast", "科协", "科普", "科学", "技术", "协会"),
    *("admin", "administrator", "guanli", "root", "user", "password", "passwd", "mima", "welcome", "login", "test"),
    *("woaini", "iloveyou", "zhongguo", "china", "beijing", "qwer", "abc", "520", "1314", "666", "888", "管理", "密码"),
)
RUNS = (
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "!@#$%^&*()_+",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
)
YEAR = r"(?:19|20)\d\d"
REPEATED = r"(.{1,6}?)\1{2,}"
SHORTEST_RUN = 4
ROUND = [run * 2 for run in RUNS]
IN_ORDER = {run[at : at + SHORTEST_RUN] for run in ROUND for at in range(len(run) - SHORTEST_RUN + 1)}
PIECES = IN_ORDER | {piece[::-1] for piece in IN_ORDER}


class GuessableValidator:
    """Refuse a password that is little more than names of this place, the user name, runs of keys, years and repetition.

    `names` is the path of a function that gives the names of the place and of the office.
    """

    def __init__(self, names: str) -> None:
        self.names = import_string(names)

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """ValidationError where too little of the password would have to be guessed."""
        known = [*self.names(), user.get_username() if user else ""]
        if len(unguessable(password, known)) < LEAST_LEFT:
            raise ValidationError(
                "这个密码太容易猜：去掉单位名、用户名、键盘上相连的键、年份和重复的字符，剩下的太少。", code="guessable"
            )

    def get_help_text(self) -> str:
        """The rule, beside the field."""
        return "不要只用单位名、用户名、键盘上相连的键、年份和重复的字符来凑；几个不相干的词连在一起就很好，长短不限，也可以有空格。"


def unguessable(password: str, known: Iterable[str] = ()) -> str:
    """What is left of a password when all that is easily guessed, known names among it, is taken out."""
    text = unicodedata.normalize("NFKC", password).casefold()
    words = sorted({*WORDS, *(name.casefold() for name in known)} - {""}, key=len, reverse=True)
    text = re.sub("|".join(map(re.escape, words)), "", without_runs(text))
    return re.sub(f"{REPEATED}|{YEAR}", "", text)


def without_runs(text: str) -> str:
    """A text without what lies in order on a keyboard or in the alphabet, forwards or backwards, from four keys on."""
    marked = set()
    for at in range(len(text) - SHORTEST_RUN + 1):
        if text[at : at + SHORTEST_RUN] in PIECES:
            marked.update(range(at, at + SHORTEST_RUN))
    return "".join(letter for at, letter in enumerate(text) if at not in marked)
