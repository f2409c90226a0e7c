"""One lock: every package once, with hashes, without hosts; environment.yml and pyproject.toml in step with it."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import grimp
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@pytest.fixture(scope="module")
def lock(root):
    return (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pinned(lock):
    return re.findall(r"^[^\s#].*?(?= \\$)", lock, re.MULTILINE)


def test_every_package_is_pinned_once_and_hashed(lock, pinned, looked_at):
    entries = lock.replace("\\\n", "").splitlines()
    assert [line for line in entries if not line.startswith("#") and "--hash=sha256:" not in line] == []
    names = [Requirement(line).name for line in pinned]
    assert len(names) == len(set(names)) == len([line for line in entries if not line.startswith("#")])
    assert all(re.fullmatch(r"==[^*]+", str(Requirement(line).specifier)) for line in pinned)
    looked_at("packages", len(pinned))


def test_the_lock_names_no_host(lock):
    assert "://" not in lock
    assert "--index" not in lock


def test_the_lock_has_what_the_project_asks_for(root, pinned):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["build-system"]["requires"] + project["project"]["dependencies"]
    asked += project["project"]["optional-dependencies"]["dev"]
    locked = {requirement.name: requirement for requirement in map(Requirement, pinned)}
    for requirement in map(Requirement, asked):
        (version,) = locked[canonicalize_name(requirement.name)].specifier
        assert requirement.specifier.contains(version.version), f"{requirement} is locked as {version}: run `make lock`"


def test_what_the_package_imports_is_asked_for_by_name(root, looked_at):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {canonicalize_name(Requirement(line).name) for line in project["project"]["dependencies"]}
    graph = grimp.build_graph("explain", include_external_packages=True, cache_dir=None)
    imported = {name for name in graph.modules if not name.startswith("explain")} - sys.stdlib_module_names
    brings = packages_distributions()
    missing = {name for name in imported if asked.isdisjoint(map(canonicalize_name, brings.get(name, [])))}
    assert not missing, f"add to the dependencies in pyproject.toml, then run `make lock`: {missing}"
    looked_at("imported libraries", len(imported))


def test_environment_yml_is_the_lock(root, pinned):
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    *from_conda, from_pip = environment["dependencies"]
    assert from_conda == ["python=3.11", "pip"]
    assert from_pip == {"pip": [*pinned, "-e ."]}, "run `make lock`"


def test_the_lock_brings_no_graphics_card_libraries(pinned):
    assert not [line for line in pinned if line.startswith("nvidia")]
