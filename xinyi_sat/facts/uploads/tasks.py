"""What a process can be started for, by name; each task is given what is kept of an upload."""

from xinyi_sat.facts.editing.copying_process import copy_period
from xinyi_sat.facts.uploads.jobs import check_upload, save_upload

TASKS = {"check": check_upload, "save": save_upload, "copy": copy_period}
