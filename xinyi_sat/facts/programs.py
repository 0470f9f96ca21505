"""Programs of the system that this one runs."""

import os
import subprocess


class MissingProgram(RuntimeError):  # noqa: N818 (it says what the program is)
    """A program that is not installed; the message says which package has it."""


def said_by(*command: str, package: str) -> list[str]:
    """The lines that a command says, names of files among them that need not be UTF-8; MissingProgram."""
    found_in = {"PATH": os.pathsep.join([os.environ.get("PATH", ""), os.defpath])}
    try:
        said = subprocess.run(command, env=os.environ | found_in, capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise MissingProgram(f"没有找到程序 {command[0]}，请先安装 {package}。") from error
    return os.fsdecode(said).splitlines()
