"""The lists: what they hold, and where they come from."""

from __future__ import annotations

import tomllib

import pytest

from explain.guards.names import is_listed
from explain.guards.words import listed, talk


@pytest.mark.parametrize(
    ("name", "least"), [("names", 4000), ("names_elsewhere", 5000), ("words", 1500), ("towns", 600)]
)
def test_a_list_is_sorted_small_letters(root, name, least, looked_at):
    lines = (root / f"src/explain/guards/data/{name}.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert all(line == line.lower().strip() and line for line in lines)
    assert len(lines) >= least
    looked_at(f"{name}", len(lines))


def test_names_of_many_origins_are_there():
    for name in (
        "mette",
        "sørensen",
        "mohammed",
        "fatima",
        "zeynep",
        "agnieszka",
        "yusuf",
        "nguyen",
        "ionescu",
        "hassan",
    ):
        assert is_listed(name), name


def test_a_name_that_is_a_word_is_in_both_lists():
    for name in ("bo", "storm", "sommer", "lund", "liv", "may"):
        assert name in listed("names") & listed("words"), name


def test_the_sources_and_their_licences_are_named(root):
    page = (root / "src/explain/guards/data/README.md").read_text(encoding="utf-8")
    for source in ("DaCy", "Apache-2.0", "Faker", "mimesis", "MIT", "GeoNames", "CC BY 4.0"):
        assert source in page


def test_every_list_of_talk_is_used(root):
    talked = tomllib.loads((root / "src/explain/guards/data/talk.toml").read_text(encoding="utf-8"))
    code = "".join(path.read_text(encoding="utf-8") for path in (root / "src/explain/guards").glob("*.py"))
    assert [name for name in talked if f'talk("{name}")' not in code] == []
    assert all(word == word.lower() for name in talked for word in talk(name))
