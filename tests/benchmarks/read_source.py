"""How fast a text is read, and whether twice the text takes twice the time; run by hand: python -m tests.benchmarks.read_source"""

import sys
import time

from xinyi_sat.reading.expressions import read_expressions

MEGABYTE = 1_000_000
REPORT = (
    "2022年,全县共举办科普讲座120余场,受益群众3.5万人次,发放资料近2万份;第六届青少年科技创新大赛获一等奖3项,"
    "推荐20名科技工作者,建成科普e站一百二十个,公民具备科学素质的比例达到12.5%。组织专家进村入户,推广实用技术,助力乡村振兴。\n"
)
HARD = {
    "an ordinary report": REPORT,
    "one long paragraph": REPORT.replace("\n", ""),
    "digits only": "1",
    "digits and commas": "1,234",
    "一 only": "一",
    "百千万 only": "百千万",
    "opening quotes": "“",
    "straight quotes": '"',
    "title marks": "《",
    "spaces": " ",
    "digits and spaces": "1 ",
    "letters": "a",
    "letters and digits": "a1",
    "dashes": "1-",
    "qualifiers": "近约超",
    "ordinals": "第",
    "brackets": "(一",
}


def megabyte_of(pattern: str, bytes_wanted: int = MEGABYTE) -> str:
    """The pattern, repeated to so many bytes of UTF-8."""
    return pattern * (bytes_wanted // len(pattern.encode()))


def seconds_to_read(text: str) -> float:
    """The processor time taken to read every paragraph; a busy machine does not change it much."""
    started = time.process_time()
    for paragraph in text.split("\n"):
        read_expressions(paragraph)
    return time.process_time() - started


def main() -> int:
    """Print for each text the seconds for a megabyte and for two; 1 where a report takes over two seconds or any grows faster."""
    slow = False
    for name, pattern in HARD.items():
        one, two = seconds_to_read(megabyte_of(pattern)), seconds_to_read(megabyte_of(pattern, 2 * MEGABYTE))
        slow |= two / one > 3 or (pattern.startswith(REPORT[:20]) and one > 2)
        print(f"{name:22} 1 MB {one:6.2f} s   2 MB {two:6.2f} s   ratio {two / one:4.2f}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
