"""Whether a phrase is a quantity, judged by the words around it: 签约10家 is not "about ten", 作为一名 counts nobody."""

import re

from xinyi_sat.reading.vocabulary import WORDS

# In "人数过10万" 过 means "more than"; in "办过10次" it marks the past.
AMOUNT_WORDS = "数量丝户额值计均"
BREAKTHROUGH = re.compile("[^,。;]{0,8}(?:技术|难题|瓶颈|关键|核心|禁区)")
VAGUE_UNITS = set("名个家场次项件种位条人期篇部天所处支座份册本张轮届批类")
NOT_COUNTED_AFTER_VAGUE = re.compile("方面|问题|环节|关键|重点|阶段|点|层面|体会|建议|措施|要求|任务|工作")

NO_COUNT_AFTER = re.compile(
    "(?:[每任某这那同另又再新上下前后哪逐单进是为第唯统像即如跑做当]|当好|一[年月周日季天]|每[^,。;]{1,2})$"
)
WEAK_UNITS = set("期个种次项条场份套面张块则起组门头分站天对类片股道段把笔台层包句首届轮根集班队倍成")
WON_MADE_OR_HELD = re.compile(
    "(?:建|立|增|共|获|得|造|评|定|设|牌|引进|有|达|选|报|各|办|开|展|版|印|放|织|加|夺|摘|捧|派|作|拍|编|奖|其中|及|仅|至少|(?<!走)出)(?:了|过)?$"
)
NO_COUNT_BEFORE = re.compile(
    "良好|更好|更加|方面|重要|新的|崭新|全新|系统工程|缩影|过程|整体|平台|台阶|高度|契机|侧面|样板|窗口|家庭|新路|道路|路子|路径"
)
CLOSED = re.compile("[,。;、)]|$")
JOINED_BEFORE, JOINED_BEHIND = re.compile(r"[-/:∶+×*“=A-Za-z@_.]"), re.compile(r"[-/:∶+×*“=A-Za-z@_]")


def is_qualifier(plain: str, match: re.Match) -> bool:
    """Whether the qualifier of a match is one, and not the end of another word."""
    word, start = match["before"] or match["vague"], match.start()
    previous = plain[start - 1 : start]
    if word == "过" and match["digits"] and match["digits"][0] not in "百千万亿":
        return bool(previous) and previous in AMOUNT_WORDS
    if word.startswith("突破"):
        return not (match["unit"] in ("项", "个") and BREAKTHROUGH.match(plain, match.end()))
    return not (previous and previous in WORDS["ends_another_word"].get(word, ""))


def is_quantity(plain: str, match: re.Match) -> bool:
    """Whether a match of the grammar is a quantity in its context."""
    parts = match.groupdict()
    if parts.get("vague") and not parts["tens"]:
        return _is_vague_quantity(plain, match)
    if parts["digits"] == "一" and not parts.get("digits_high"):
        return _is_quantity_of_one(plain, match)
    if not parts["unit"] and not parts.get("part"):
        return _is_bare_number(plain, match)
    return True


def _is_vague_quantity(plain: str, match: re.Match) -> bool:
    known = match["unit"] in VAGUE_UNITS or len(match["unit"]) > 1
    return known and not NOT_COUNTED_AFTER_VAGUE.match(plain, match.end())


def _is_quantity_of_one(plain: str, match: re.Match) -> bool:
    """Whether 一 is a number: before a counting word it is an article more often, so it must have been won, made or held."""
    before = plain[max(0, match.start() - 4) : match.start()]
    if not match["unit"] or NO_COUNT_AFTER.search(before) or NO_COUNT_BEFORE.match(plain, match.end()):
        return False
    strong = match["unit"] not in WEAK_UNITS or CLOSED.match(plain, match.end()) or WON_MADE_OR_HELD.search(before)
    return bool(strong) and match["before"] not in ("最多", "最少")


def _is_bare_number(plain: str, match: re.Match) -> bool:
    """Whether a number without unit stands alone, not inside a code, a date or a ratio."""
    before = plain[max(0, match.start() - 1) : match.start()]
    return not (JOINED_BEFORE.match(before) or JOINED_BEHIND.match(plain, match.end()))
