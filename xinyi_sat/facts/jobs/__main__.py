"""The process that does a task with what is kept: python -m xinyi_sat.facts.jobs xinyi_sat.facts.uploads.tasks.check_upload KEY"""

import os
import sys
from uuid import UUID

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinyi_sat.settings")
    os.nice(5)  # whoever reads a page meanwhile comes first
    django.setup()

    from django.utils.module_loading import import_string

    from xinyi_sat.facts.jobs.kept import Kept

    task, key = sys.argv[1:]
    import_string(task)(Kept(UUID(key)))
