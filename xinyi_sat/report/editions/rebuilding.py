"""An edition made again, in a process and a database of its own: `python -m xinyi_sat.report.editions.rebuilding FOLDER`.

The folder holds the records as they were, as fixtures, and the editions of its period up to it;
it takes the files, each named by its ending. The database is the one of the environment, and is made here. How far it is is
said by standard output, a JSON list a line; where it fails, the last line of standard error is the reason. What a disk
refused is said by standard output too, under `refused`: a full one may not have taken that line.
"""

import json
import sys
import traceback
from pathlib import Path
from typing import Any

import django

from xinyi_sat.facts.files import disk_trouble

RECORDS, EDITIONS = "records", "editions.json"


def main(folder: Path) -> None:
    """Make the database, and the files from it."""
    django.setup()
    from xinyi_sat.report.editions.issuing import files_of
    from xinyi_sat.report.models import Edition

    restore(folder)
    for ending, content in files_of(Edition.objects.latest("number"), say).items():
        (folder / ending).write_bytes(content)


def restore(folder: Path) -> None:
    """Bring the records into the database.

    Its tables are made as the models say: by their migrations it would take longer than all the rest, to the same end.
    """
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = dict.fromkeys(app.label for app in apps.get_app_configs())
    steps = [
        ("migrate", "--run-syncdb"),
        ("load_facts", "--fixtures", str(folder / RECORDS)),
        ("loaddata", str(folder / EDITIONS)),
    ]
    for number, step in enumerate(steps):
        say("当时的记录", "步", number, len(steps))
        call_command(*step, verbosity=0)


def say(what: str, unit: str, done: int, total: int) -> None:
    """Tell the one who wants to know how far it is."""
    tell((what, unit, done, total))


def tell(said: Any) -> None:
    """Say something to the process that waits for this one."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except Exception as error:
        if reason := disk_trouble(error):
            tell({"refused": reason})
        traceback.print_exc()
        sys.exit(str(error).partition("\n")[0])
