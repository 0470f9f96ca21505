"""Who wants to know when readers see something otherwise than before, as the report, whose files are then made anew."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string


def tell_of_change(records: Sequence[Model]) -> None:
    """Tell the function of the settings of records of one model that were saved just now, in the transaction of the change."""
    import_string(settings.AFTER_PUBLIC_CHANGE)(records)
