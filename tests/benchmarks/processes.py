"""A command with everything it starts, measured: seconds, processor time, and the memory of all its processes together."""

import os
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAUSE = 0.05  # seconds between two looks at the memory; a look costs some milliseconds itself


@dataclass(frozen=True)
class Run:
    """What one run of a command took."""

    seconds: float
    processor: float  # seconds of processor time, all processes
    megabytes: float  # the most that all processes held at one moment, shared pages counted once (PSS)


def run_of(command: list[str], environment: dict[str, str]) -> Run:
    """Run a command to its end in a session of its own, watching the processes of that session."""
    started, most, spent = time.perf_counter(), 0.0, {}
    with subprocess.Popen(
        command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as child:
        while child.poll() is None:
            held = 0.0
            for process in processes_of(child.pid):
                with suppress(OSError):
                    held += proportional_megabytes(process)
                    spent[process.name] = processor_seconds(process)
            most = max(most, held)
            time.sleep(PAUSE)
        took = time.perf_counter() - started
        if child.returncode:
            raise RuntimeError(f"{command[0]} failed: {child.stderr.read().decode()[-2000:]}")
    return Run(took, sum(spent.values()), most)


def processes_of(session: int) -> list[Path]:
    """The processes of a session, as folders of /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int(fields_of(folder)[3]) == session:
                found.append(folder)
    return found


def fields_of(process: Path) -> list[str]:
    """The fields of /proc/PID/stat behind the name, which may hold spaces and brackets."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def processor_seconds(process: Path) -> float:
    """Processor time of a process so far, its own alone."""
    user, system = fields_of(process)[11:13]
    return (int(user) + int(system)) / TICK


def proportional_megabytes(process: Path) -> float:
    """Memory of a process, what it shares with others divided among them."""
    lines = (process / "smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Pss:", "SwapPss:"))) / 1000
