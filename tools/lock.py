"""Lock every package: requirements.lock and environment.yml, both made from pyproject.toml.

uv finds the versions and their hashes for all supported machines at once; this script then says on which machines a
package is needed in the shortest words that are true, and refuses a lock that names two versions of one package, a
registry's host, or a package that one of the machines could not install without a compiler.

``make lock`` keeps the versions that still fit, ``make lock UPGRADE=--upgrade`` takes the newest of everything.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Final

from packaging.markers import Marker

ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = ROOT / "requirements.lock"
ENVIRONMENT: Final = ROOT / "environment.yml"

PYTHONS: Final = ("3.11", "3.12", "3.13")
"""The Pythons of ``requires-python`` in pyproject.toml."""

PLATFORMS: Final = {
    "x86_64-manylinux_2_28": {"sys_platform": "linux", "platform_machine": "x86_64"},
    "aarch64-manylinux_2_28": {"sys_platform": "linux", "platform_machine": "aarch64"},
    "x86_64-pc-windows-msvc": {"sys_platform": "win32", "platform_machine": "AMD64"},
    "aarch64-apple-darwin": {"sys_platform": "darwin", "platform_machine": "arm64"},
}
"""The supported machines, by the name uv has for each. Intel Macs are out: numba has no wheels for them any more."""

SYSTEMS: Final = {"linux": ("posix", "Linux"), "win32": ("nt", "Windows"), "darwin": ("posix", "Darwin")}
"""``os_name`` and ``platform_system`` of each ``sys_platform``."""

WORDS: Final = (
    *(f"sys_platform {sign} '{system}'" for sign in ("==", "!=") for system in SYSTEMS),
    *(f"python_version {sign} '{python}'" for sign in ("<", ">=") for python in PYTHONS[1:]),
    *(f"platform_machine {sign} 'x86_64'" for sign in ("==", "!=")),
)
"""What a marker may be put together from, plainest first."""

HEADER: Final = "# Made by `make lock` from pyproject.toml: change that, not this (docs/decisions/lock.md).\n"


@dataclass(frozen=True)
class Package:
    """One locked package: its name and version, where it is needed (empty: everywhere), its files' hashes."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def line(self) -> str:
        """The package as a requirement, without its hashes."""
        return f"{self.name}=={self.version}" + (f" ; {self.marker}" if self.marker else "")


def machines() -> list[dict[str, str]]:
    """Return what a marker sees on each supported machine with each supported Python."""
    return [
        {
            **platform,
            "os_name": SYSTEMS[platform["sys_platform"]][0],
            "platform_system": SYSTEMS[platform["sys_platform"]][1],
            "python_version": python,
            "python_full_version": f"{python}.9",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }
        for platform, python in product(PLATFORMS.values(), PYTHONS)
    ]


def simplest(marker: str) -> str:
    """Return the shortest marker that says the same as ``marker`` on every supported machine."""
    holds = [Marker(marker).evaluate(machine) for machine in machines()]
    if all(holds):
        return ""
    for candidate in [*WORDS, *(" and ".join(pair) for pair in combinations(WORDS, 2))]:
        if [Marker(candidate).evaluate(machine) for machine in machines()] == holds:
            return candidate
    raise SystemExit(f"no short marker says the same as {marker!r}: add a word to WORDS in {Path(__file__).name}")


def packages(lock: str) -> list[Package]:
    """Read the packages of a lock that uv has made, each with its simplest marker."""
    requirements = lock.replace("\\\n", " ").splitlines()
    found = [_package(line) for line in requirements if line.strip() and not line.startswith("#")]
    twice = [name for name, count in Counter(package.name for package in found).items() if count > 1]
    if twice:
        raise SystemExit(
            f"one version everywhere, but these have more: {', '.join(twice)}. Constrain them in [tool.uv]."
        )
    if "://" in lock or "--index" in lock or "--find-links" in lock:
        raise SystemExit("the lock must name no registry host; look for a URL in pyproject.toml or in uv's settings")
    return found


def _package(line: str) -> Package:
    requirement, *hashes = re.split(r"\s+--hash=", line.strip())
    pinned, _, marker = requirement.partition(" ; ")
    name, _, version = pinned.strip().partition("==")
    if not (name and version and hashes):
        raise SystemExit(f"a package must be locked as name==version with hashes, not as {line[:80]!r}")
    return Package(name, version, simplest(marker.strip()) if marker else "", tuple(hashes))


def as_requirements(locked: list[Package]) -> str:
    """Write the packages as pip reads them, with hashes."""
    return HEADER + "".join(" \\\n    --hash=".join((package.line, *package.hashes)) + "\n" for package in locked)


def as_environment(locked: list[Package]) -> str:
    """Write the packages as conda and repo2docker read them; both then install the project itself from its folder."""
    lines = "".join(f'      - "{package.line}"\n' for package in locked)
    return (
        f"{HEADER}name: skoen\nchannels:\n  - conda-forge\ndependencies:\n"
        f"  - python={PYTHONS[0]}\n  - pip\n  - pip:\n{lines}      - -e .\n"
    )


def compiled(folder: Path, extra: list[str]) -> str:
    """Let uv lock the project in ``folder``, from the versions locked so far."""
    output = folder / LOCK.name
    if LOCK.exists():
        shutil.copy(LOCK, output)
    _uv(
        *("pip", "compile", "--quiet", "--universal", "--fork-strategy", "fewest", "--python-version", PYTHONS[0]),
        *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--extra", "dev"),
        *("pyproject.toml", "--output-file", str(output), *extra),
        folder=ROOT,
    )
    return output.read_text(encoding="utf-8")


def check_wheels(lock: Path) -> None:
    """Stop unless every supported machine could install ``lock`` without building anything."""
    for platform, python in product(PLATFORMS, PYTHONS):
        print(f"  a wheel of every package for {platform}, Python {python}")
        _uv(
            *("pip", "install", "--quiet", "--no-config", "--dry-run", "--require-hashes", "--only-binary", ":all:"),
            *("--python", sys.executable, "--python-platform", platform, "--python-version", python),
            *("--target", "nowhere", "--requirement", str(lock)),
            folder=lock.parent,  # apart from pyproject.toml, whose constraints are no hashes
        )


def _uv(*arguments: str, folder: Path) -> None:
    if shutil.which("uv") is None:
        raise SystemExit("locking needs uv, which is not part of the lock itself: pip install uv, then again")
    if subprocess.run(("uv", *arguments), cwd=folder, check=False).returncode:
        raise SystemExit("uv refused; what it says stands above, and nothing was written")


def main() -> None:
    """Make both files, or neither."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        locked = packages(compiled(folder, sys.argv[1:]))
        requirements = folder / LOCK.name
        requirements.write_text(as_requirements(locked), encoding="utf-8")
        check_wheels(requirements)
    LOCK.write_text(as_requirements(locked), encoding="utf-8")
    ENVIRONMENT.write_text(as_environment(locked), encoding="utf-8")
    print(f"{LOCK.name} and {ENVIRONMENT.name}: {len(locked)} packages")


if __name__ == "__main__":
    main()
