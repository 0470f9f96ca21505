"""The press prints chapters side by side in workers, and hides none of their ends."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.pdf import words_of_pdf
from tests.report.press.bound import FRONT, bound
from xinyi_sat.report.pdf import stylesheet
from xinyi_sat.report.press.client import Press, PrintingCutOff


def workers_of(press: Press) -> list[int]:
    """The processes that print chapters for a press: its own doubles."""
    found, its_command = [], Path(f"/proc/{press.process.pid}/cmdline").read_bytes()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            is_child = f"PPid:\t{press.process.pid}\n" in (process / "status").read_text()
            if is_child and (process / "cmdline").read_bytes() == its_command:
                found.append(int(process.name))
    return found


def test_many_more_chapters_than_workers_stand_in_their_order(tmp_path):
    titles = [f"第{number}章" for number in range(1, 12)]
    words = words_of_pdf(bound(tmp_path / "kept", *(f"<h1>{title}</h1>" for title in titles)))
    assert words == "报告—1—" + "".join(f"—{page}—{title}" for page, title in enumerate(titles, 2))


def test_a_worker_that_is_killed_ends_the_press_and_is_named_with_its_end(tmp_path):
    with Press(stylesheet(), tmp_path / "kept") as press:
        press.print_chapter("<p>字</p>" * 20_000)
        while not (workers := workers_of(press)):
            assert press.process.returncode is None
            time.sleep(0.02)
        os.kill(workers[0], signal.SIGKILL)
        with pytest.raises(PrintingCutOff, match="中途被系统终止"):
            press.bind(FRONT)


def test_a_worker_that_was_refused_memory_while_it_waited_is_said_to_have_been(tmp_path):
    with Press(stylesheet(), tmp_path / "kept") as press:
        press.print_chapter("<h1>一</h1>")
        press.print_chapter("<h1>二</h1>")
        while len(list((tmp_path / "kept").glob("*.sheets"))) < 2:
            assert press.process.returncode is None
            time.sleep(0.02)
        for worker in workers_of(press):
            os.kill(worker, signal.SIGABRT)
        press.print_chapter("<h1>三</h1>")
        with pytest.raises(MemoryError):
            press.bind(FRONT)


def test_a_character_that_no_typeface_has_is_said_once_in_chinese(tmp_path, complaints):
    unknown = "\U0010fffd"  # for private use, so no typeface has it
    bound(tmp_path / "kept", f"<h1>{unknown}一{unknown}</h1>", f"<p>{unknown}</p>")
    assert complaints == [
        f"注意：字体中没有“{unknown}”（U+10FFFD），这个字印出来是空白或方框。请改用别的字，或者安装有这个字的字体。"
    ]
    complaints.clear()
