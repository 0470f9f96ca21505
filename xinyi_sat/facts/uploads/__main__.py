"""The process that works on an upload:

python -m xinyi_sat.facts.uploads check KEY
python -m xinyi_sat.facts.uploads save KEY
python -m xinyi_sat.facts.uploads copy KEY
"""

import os
import sys
from uuid import UUID

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinyi_sat.settings")
    os.nice(5)  # whoever reads a page meanwhile comes first
    django.setup()

    from xinyi_sat.facts.uploads.kept import Kept
    from xinyi_sat.facts.uploads.tasks import TASKS

    task, key = sys.argv[1:]
    TASKS[task](Kept(UUID(key)))
