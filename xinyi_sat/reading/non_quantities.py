"""Names, dates, ordinals, grades and ratios: what contains a numeral and is no quantity.

The patterns are for half-width characters. Every repetition is bounded, so time grows in proportion to the text.
"""

import re
from enum import StrEnum
from functools import cache

from xinyi_sat.reading.names import BEFORE_WORD_WITH_ONE, EVERYDAY_WORDS, NAMES
from xinyi_sat.reading.phrases import COUNTING_WORD, PREFIX
from xinyi_sat.reading.vocabulary import longest_first


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
        """The word a reader sees."""
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.QUANTITY: "数量",
    Kind.ORDINAL: "序数",
    Kind.GRADE: "等级",
    Kind.DATE: "日期",
    Kind.RATIO: "比例",
    Kind.NAME: "名称",
}

DIGIT = "[一二三四五六七八九十]"
CHINESE = "[〇零一二两三四五六七八九十百千]{1,9}"
NUMBER = rf"(?:[0-9]{{1,9}}(?:\.[0-9]{{1,4}})?|{CHINESE}|几|数)"
SMALL = rf"(?:[0-9]{{1,4}}|{CHINESE}|几)"
TO = "(?:至|到|-{1,2}|~|、)"
SERIES = rf"{NUMBER}(?: ?{TO} ?{NUMBER}){{0,3}}"
YEAR = "(?:19|20)[0-9]{2}"
COUNTED = rf"(?: ?(?:[余多几万亿]|{COUNTING_WORD}))"
# List numbering and party congresses come first: rules for dates and enumerations would match a part of them.
FIRST = (
    rf"(?:(?<=[。;:!?…”\"\] ])|^)(?:{DIGIT}{{1,3}}、(?!{DIGIT}[等、])|[0-9]{{1,2}}(?:、(?![0-9])|\.(?![0-9])|\)))"
    "|(?:二十|十[五六七八九])大(?!类|项|行动|工程|平台|任务|举措)"
)
BEGINNING = r"(?:(?<=[。;:!?…”\"\] ])|^)"
METRIC = "km|kg|cm|mm|m²|kW|kWh|MW|GB|TB|MB"

TIME = r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?"
DAY = rf"{SERIES} ?[日号](?: ?{TO} ?(?:{NUMBER} ?月)?{NUMBER} ?[日号])?"
MONTH = rf"{SERIES} ?月份?(?: ?{DAY})?"
ABOUT = rf"(?:(?![0-9])(?:{PREFIX}) ?)?"
SINCE = "(?:以来|来(?!自|到|源|访|校|华)|间|以上|以下|以内|之久|左右)?"
NO_YEAR = "级|龄|轻|画|糕|货|夜饭"

DATE_RULES = [
    rf"{YEAR}(?P<dash>[-/.])[0-9]{{1,2}}(?:(?P=dash)[0-9]{{1,2}}日?)?(?: {{0,3}}T?{TIME})?(?![0-9%‰]|{COUNTED})",
    rf"{TIME}(?: ?[-~至]{{1,2}} ?{TIME})?(?![0-9])",
    rf"{YEAR} ?(?:学?年)?度? ?{TO} ?(?:{YEAR}|[0-9]{{2}}(?=年)) ?(?:学?年(?!级)度?(?:以来)?|(?![0-9.%‰]|{COUNTED}))",
    rf"{YEAR}[级届版起]",
    rf"{SMALL}世纪(?:{NUMBER}年代)?(?:初|末|中期)?",
    rf"{NUMBER}年代(?:初|末|中期)?",
    rf"{ABOUT}{SERIES} ?[余多几]? ?(?:周年|学年|年半|年(?!{NO_YEAR}))(?:度(?!假)|多|余)?(?: ?{MONTH})?{SINCE}",
    rf"{ABOUT}{SERIES} ?[余多几]? ?个 ?[余多半]? ?月(?!亮|饼|坛){SINCE}",
    rf"{ABOUT}{SERIES} ?月(?!亮|球|嫂|刊|饼|经|薪|湖|坛)(?:份|底|初|中旬|上旬|下旬)?(?: ?{DAY})?{SINCE}",
    rf"{ABOUT}{SERIES} ?日(?!均|常|报|益|本|照|间|前|语|新)(?: ?{TO} ?{NUMBER} ?日)?",
    rf"{ABOUT}{SERIES} ?[余多几]? ?个? ?[余多]?(?:周(?!岁|边|围|刊|转|密|到)|星期|礼拜|季度)",
    r"[0-9]{1,2} ?时(?!间|代|期|长|段|候|尚|任|空|刻)(?:[0-9]{1,2}分?)?",
    rf"(?:[0-9]{{1,2}}|{DIGIT}{{1,3}}) ?点(?:[0-9]{{1,2}}分?|半|钟|整|{DIGIT}{{1,3}}分)",
    rf"(?<=[上下中]午)(?:[0-9]{{1,2}}|{DIGIT}{{1,3}})[点时]",
    rf"(?:周|星期|礼拜)[一二三四五六](?!{COUNTING_WORD}|周|至)",
    r"(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12][0-9]|3[01])(?=[“\"]|全国|世界|国际|活动|事件|地震)",
    rf"(?<![达计共破量数超过约近余]){YEAR}(?![0-9%‰+]|\.[0-9]|{COUNTED})",
]
RATIO_RULES = [
    r"[0-9]{1,7}(?:\.[0-9]{1,3})?[:∶][0-9]{1,7}(?:\.[0-9]{1,3})?(?::[0-9]{1,4})?",
    r"[0-9]{1,4}/[0-9]{1,4}",
    rf"(?![百千]分之){NUMBER}分之{NUMBER}",
]
NUMBERED = ("邮编", "编码", "号码", "编号", "电话", "手机", "传真", "热线", "微信", "证号")
NAME_RULES = [
    # Letters touching digits: H7N9, 5G, IE6; but "APP12款" counts.
    rf"(?<![A-Za-z0-9])(?![A-Za-z]{{2,19}}[0-9]{{1,6}}(?: ?[余多万]|(?![版级代号站栋层]){COUNTING_WORD}))"
    r"[A-Za-z][A-Za-z.-]{0,19}[0-9](?:[.-]?[A-Za-z0-9]){0,40}",
    r"(?:[Tt][Oo][Pp]|Windows|[Nn][Oo]\.|[Vv]ol\.) ?[0-9]{1,4}",
    rf"[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?(?!(?:{METRIC})(?![A-Za-z])|A级?(?![A-Za-z0-9]))[A-Za-z][A-Za-z0-9]{{0,20}}",
    # Numbers of documents, telephones and versions; sizes.
    rf"[\[〔【(]{YEAR}[\]〕】)] ?第?[0-9]{{1,5}}号",
    r"(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}",
    r"400-?[0-9]{3}-?[0-9]{4}",
    r"[0-9]{1,6}(?:-[0-9]{1,8}){2,5}",
    r"[0-9]{1,5} ?[×xX*“\"✕] ?[0-9]{1,5}(?:[×xX*][0-9]{1,5})?",
    r"[0-9]{1,5}(?:\+(?:[A-Za-z]|[0-9]{1,4})){1,5}",
    r"[0-9]{1,2}[·•・][0-9]{1,2}",
    r"[0-9]\.0(?:版|(?![0-9%‰万亿余多个元分公吨亩倍 ]))",
    r"(?<![0-9.])0[0-9]{1,20}(?![0-9.])",
    rf"[0-9]{{7,400}}(?![0-9]|[.,][0-9]|{COUNTED})",
    r"[0-9]{1,3}(?:\.[0-9]{1,3}){2,3}(?![0-9])",
    rf"(?:{'|'.join(f'(?<={word})|(?<={word}:)' for word in NUMBERED)})[0-9]{{3,20}}(?![0-9]|{COUNTED})",
    rf"[0-9]{{3,6}}(?![0-9]|{COUNTED})(?=[^0-9,。;、]{{0,6}}(?:热线|电话|举报))",
    r"(?:211|985)(?=工程|高校|院校|大学|[、/,。;”)和]|$)",
    r"[0-9]{1,3}(?=(?:中学|小学)(?!生)|医院|国道|省道|路公交)",
    r"[0-9]0后|360度",
    r"[1-9][核翼轴极带环纵横](?!保|境|岛|领|动)",
    # Labels of an enumeration, and slogans built of numerals.
    rf"(?:[0-9]{{1,2}}|{CHINESE})大(?!约|概|量|多|学|会|棚|豆|米|道|专|户|型|中型|小型|于|代表|蒜|力)",
    rf"{SMALL}(?:强(?!化|调|力|劲|烈|者|基|农)|佳|优(?!秀|质|化|良|先|惠|生|势))",
    rf"{SMALL}个(?:意识|自信|维护|确立|务必|必由之路|不动摇|相统一|轮子|跑道|一(?=[批百流”\"、,。;]|工程|活动|$))",
    r"一[村镇乡县校会企站户人园区街院馆](?!一[流线等级般些])一[^0-9,。;、 ]",
    rf"(?<=[市县区省]){DIGIT}{{1,2}}[中小](?![学小科型心])",
    r"[数成]以[十百千万亿]{1,2}计",
]
ORDINAL_RULES = [
    rf"第 ?{NUMBER}(?P<count>[届期批次])(?: ?{TO} ?第?{NUMBER}(?P=count)){{1,5}}",
    rf"第 ?{NUMBER}(?: ?{TO} ?第?{NUMBER}){{0,5}}(?: ?(?:{COUNTING_WORD}|季度|年级|学期|产业|周年|周|年度|年|代|号))?",
    rf"(?<![目日提此之以会赛年月天生当面史超跟先眼事课产战饭餐节])前 ?(?:[0-9]{{1,3}}(?![0-9]|[.,][0-9])|[一二三四五六七八九十百]{{1,4}}+|几)"
    rf"(?! ?[余多万千])(?: ?季度|年|个?月| ?{COUNTING_WORD}|强|列)?",
    rf"{SMALL}届{SMALL}(?:次|中全会)(?:全委会|全会|全体会议|会议|理事会|常委会)?",
    rf"{SMALL}届(?=.{{0,6}}(?:全会|全委|理事|代表大会|常委|委员|党委|人大|政协))",
    rf"{DIGIT}中全会",
    rf"{SMALL}(?:{TO}{SMALL})? ?号(?!召|称|角)(?:文件|楼|线|院|公告|令)?",
    r"[0-9]{3,4}(?=室)",
    rf"(?<=[,、。;列居为]后){DIGIT}{{1,2}}[位名]",
    rf"{SMALL}(?:{TO}{SMALL})?楼(?!宇|栋|道|盘)",
    rf"{SMALL}(?:[、至到-]{SMALL})?年级(?:[0-9]{{1,2}}班)?",
    rf"\((?:{DIGIT}{{1,3}}|[0-9]{{1,2}})\)",
    r"(?<=,)[0-9]{1,2}(?:、|\.)(?![0-9])",
    rf"{BEGINNING}[0-9]{{1,2}}\.(?={YEAR}年|[0-9]{{1,5}} ?[余多]?(?:名|人|家|场|个|项|位|次|期|所|件|支))",
    rf"(?:(?<=[。;,:、!”) ])|^){DIGIT}{{1,2}}[是要则](?![一否])",
    rf"(?<=其){DIGIT}(?=[,:、是为])",
    r"[①-⑳⑴-⒇㈠-㈩Ⅰ-Ⅻ]",
    r"[一二三四五1-5]期(?=工程|建设|项目)",
    r"二[次期](?=创业|创新|开发|报告|全会|会议|全委|代表|利用|供水|元)",
    rf"(?:(?<=图)|(?<=[附见如]表))[0-9]{{1,3}}(?![0-9.%]|{COUNTED})",
    r"(?<=附[件表图])[0-9]{1,3}(?=[:.、,;)” ]|$)",
]
GRADE_RULES = [
    rf"(?:{DIGIT}[、和及或/]){{0,4}}{DIGIT}等(?:[奖功品]|(?=[、,。;和]))",
    r"[1-9](?:、[1-9]){0,3}等[奖功]",
    rf"(?:{DIGIT}|两|[0-9]{{1,2}})(?:[、至到-](?:{DIGIT}|[0-9]))?级(?:甲等|乙等|以上|以下)?",
    r"[1-5]A级?(?![A-Za-z0-9])",
    r"[一二三四五1-5]星级?(?!红|火|期|空)",
    r"[二三]甲|[一二]类|[一二三]档|[一二]等",
]


KIND_OF_GROUP = {
    "listed": Kind.NAME,
    "first": Kind.ORDINAL,
    "date": Kind.DATE,
    "ratio": Kind.RATIO,
    "name": Kind.NAME,
    "ordinal": Kind.ORDINAL,
    "grade": Kind.GRADE,
}


def _any_of(rules: list[str]) -> str:
    return "|".join(f"(?:{rule})" for rule in rules)


def _listed(words: str) -> str:
    return "|".join(longest_first(words))


@cache
def non_quantity_pattern() -> re.Pattern:
    """One pattern of all rules, of which the first that matches counts; its groups are the keys of KIND_OF_GROUP, and `ordinary`.

    Compiled at its first use, since that takes as long as starting Django.
    """
    return re.compile(
        f"(?![0-9])(?:(?P<listed>{_listed(NAMES)})|(?P<ordinary>{_listed(EVERYDAY_WORDS)}|十分(?!钟)|(?<=[{BEFORE_WORD_WITH_ONE}])一))"
        f"|(?P<first>{FIRST})|(?P<date>{_any_of(DATE_RULES)})|(?P<ratio>{_any_of(RATIO_RULES)})|(?P<name>{_any_of(NAME_RULES)})"
        f"|(?P<ordinal>{_any_of(ORDINAL_RULES)})|(?P<grade>{_any_of(GRADE_RULES)})"
    )
