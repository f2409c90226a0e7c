"""The cases that tests of a whole run practise with: four of the shipped ones, whatever else is written later."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from explain.casebook.files import shipped

FOUR = ("traet-i-boernehaven", "fravaer-paa-gymnasiet", "skaenderier-hjemme", "ude-om-natten")
"""A low score, one on age alone, one with a content note, a high one; all that a run can meet, and no more."""


@cache
def four_cases() -> Path:
    """Return a folder of sets with one set, grundforloeb, that holds these four; removed when the tests are over."""
    folder = Path(tempfile.mkdtemp(prefix="skoen-cases-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    source, target = shipped() / "grundforloeb", folder / "grundforloeb"
    for name in FOUR:
        shutil.copytree(source / name, target / name)
    text = (source / "set.toml").read_text(encoding="utf-8")
    listed = ", ".join(f'"{name}"' for name in FOUR)
    text = re.sub(r"^cases = \[.*?\]", f"cases = [{listed}]", text, flags=re.DOTALL | re.MULTILINE)
    (target / "set.toml").write_text(text.partition("[promises]")[0], encoding="utf-8")
    return folder
