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


OWN = {
    "age": "9",
    "referral.reasons": "school child_abuse",
    "referral.referrer": "school",
    "household": "single_mother",
    "mother.known": "yes",
    "mother.age": "33",
    "mother.age_at_birth": "24",
    "mother.civil_status": "divorced",
    "mother.children": "2",
    "mother.partners": "2",
    "father.known": "no",
    "siblings": "a",
    "siblings.a.age": "4",
    "siblings.a.shares": "mother",
    "siblings.a.at_home": "yes",
    "history": "e f g h",
    "history.e.kind": "referral",
    "history.e.whose": "child",
    "history.e.days_before": "40",
    "history.e.reasons": "school",
    "history.f.kind": "placement",
    "history.f.whose": "child",
    "history.f.days_before": "700",
    "history.f.ended_days_before": "600",
    "history.f.forced": "no",
    "history.g.kind": "measure",
    "history.g.whose": "a",
    "history.g.days_before": "100",
    "history.g.paragraph": "32-1-3",
    "history.h.kind": "move",
    "history.h.whose": "child",
    "history.h.days_before": "900",
    "history.h.new_municipality": "yes",
    "title": "Dreng på ni",
    "body": "Skolen skriver.\nHan kommer for sent.",
}
"""An own case, as its form is filled in."""
