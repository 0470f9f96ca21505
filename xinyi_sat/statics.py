"""Static files: only by the names that say what is in them, and compressed in a moment."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Compressed with gzip alone: Brotli, where it is installed, takes seconds of every start to save a few kilobytes."""

    keep_only_hashed_files = True

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(use_brotli=False, **options)
