"""What set-up installs: versions that are wanted, and the libraries that nothing else pulls in."""

import tomllib

from django.conf import settings
from packaging.requirements import Requirement


def test_the_printer_finds_harfbuzz_subset():
    from weasyprint.text import ffi

    assert ffi.harfbuzz_subset is not None, "without libharfbuzz-subset0 a PDF takes ten times as long"


def test_every_package_is_pinned_to_a_version_that_is_wanted():
    declared = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    wanted = map(Requirement, declared["project"]["dependencies"] + declared["dependency-groups"]["dev"])
    lines = (settings.BASE_DIR / ".ci" / "constraints.txt").read_text().splitlines()
    pinned = {pin.name.lower(): pin.specifier for pin in map(Requirement, lines[1:])}
    for requirement in wanted:
        [pin] = pinned.get(requirement.name.lower(), [None])
        assert pin is not None, f"{requirement.name} is not pinned; run bash .ci/lock"
        assert pin.operator == "=="
        assert requirement.specifier.contains(pin.version), f"{requirement} is not what is pinned; run bash .ci/lock"
