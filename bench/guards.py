"""How much the guards find, and what they take for something it is not: ``python -m bench.guards``.

Prints the table of ``docs/guards.md`` on both parts of the sentences in ``tests/guards``. ``--failures`` lists what
goes wrong in the part to develop on; what goes wrong in the untouched part is never listed.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from explain.guards import ASKED, Action, Finding, Kind, find

FOLDER = Path(__file__).resolve().parent.parent / "tests/guards"
PARTS = ("develop", "untouched")
SEED = 1
"""For the digits that are put into the sentences; any other does as well."""

GROUPS = {
    "CPR number": {Kind.CPR},
    "phone": {Kind.PHONE},
    "e-mail": {Kind.EMAIL},
    "web address": {Kind.WEB},
    "address": {Kind.ADDRESS},
    "date": {Kind.DATE, Kind.BIRTH_DATE},
    "name": {Kind.NAME},
    "institution": {Kind.INSTITUTION},
    "town": {Kind.TOWN},
}
MARK = re.compile(r"\[([a-z_]+):([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and what in it must be found; nothing in a clean one."""

    text: str
    marks: tuple[Finding, ...]


def sentences(part: str) -> list[Sentence]:
    """Read the sentences of one part, identifying and clean, with digits put in."""
    chance = random.Random(SEED)
    lines = [
        line
        for name in ("identifying", "clean")
        for line in (FOLDER / part / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("# ")
    ]
    return [sentence(filled(line, chance)) for line in lines]


def filled(line: str, chance: random.Random) -> str:
    """Put digits where a sentence leaves them open."""

    def parts(match: re.Match[str]) -> str:
        day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(0, 99)
        dates = {"c6": (day, month, year), "r6": (day + 60, month, year), "dd": (day,), "mm": (month,), "yy": (year,)}
        return "".join(f"{number:02}" for number in dates[match[1]])

    return re.sub("#", lambda _: str(chance.randrange(10)), re.sub(r"\{(\w\w)\}", parts, line))


def sentence(marked: str) -> Sentence:
    """Take the marks out of a sentence.

    Examples
    --------
    >>> sentence("Her bor [name:Bo].")
    Sentence(text='Her bor Bo.', marks=(Finding(start=8, end=10, kind=<Kind.NAME: 'name'>),))
    """
    text, marks, end = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[end : match.start()]
        marks.append(Finding(len(text), len(text) + len(match[2]), Kind(match[1])))
        text += match[2]
        end = match.end()
    return Sentence(text + marked[end:], tuple(marks))


def overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def table(part: str) -> Iterator[str]:
    """Yield the rows for one part."""
    read = sentences(part)
    found = [(each, find(each.text)) for each in read]
    clean = [findings for each, findings in found if not each.marks]
    marked = [(each, findings) for each, findings in found if each.marks]
    yield f"{part}: {len(marked)} sentences with identifying content, {len(clean)} without\n"
    yield "| kind | marked | found | as another kind | whole | recall | false alarms in clean sentences |"
    yield "|---|---|---|---|---|---|---|"
    for name, kinds in GROUPS.items():
        counts: Counter[str] = Counter()
        for each, findings in marked:
            for mark in each.marks:
                if mark.kind in kinds:
                    counts.update(outcome(mark, findings, kinds))
        alarms = sum(finding.kind in kinds for findings in clean for finding in findings)
        share = 100 * counts["found"] / counts["marked"]
        yield (
            f"| {name} | {counts['marked']} | {counts['found']} | {counts['another']} | {counts['whole']} "
            f"| {share:.1f} % | {alarms} |"
        )
    for action, word in ((Action.REFUSE, "refused"), (Action.ASK, "asked about")):
        wrong = sum(any(finding.action is action for finding in findings) for findings in clean)
        yield f"\nclean sentences {word}: {wrong} of {len(clean)} ({100 * wrong / len(clean):.1f} %)"
    beside = sum(
        not any(overlap(finding, mark) for mark in each.marks) for each, findings in marked for finding in findings
    )
    yield f"\nfindings beside every mark in sentences with identifying content: {beside}"


def outcome(mark: Finding, findings: list[Finding], kinds: set[Kind]) -> Iterator[str]:
    """Yield what became of a mark."""
    yield "marked"
    touching = [finding for finding in findings if overlap(finding, mark)]
    if any(finding.kind in kinds for finding in touching):
        yield "found"
    elif any(finding.action is Action.REFUSE or mark.kind in ASKED for finding in touching):
        yield "another"
    covered = {place for finding in touching for place in range(finding.start, finding.end)}
    if covered >= set(range(mark.start, mark.end)):
        yield "whole"


def failures() -> Iterator[str]:
    """Yield what goes wrong in the part to develop on."""
    for each in sentences("develop"):
        findings = find(each.text)
        for mark in each.marks:
            kinds = next(kinds for kinds in GROUPS.values() if mark.kind in kinds)
            did = set(outcome(mark, findings, kinds))
            if not {"found", "whole"} <= did:
                fault = "part of" if "found" in did else "missed"
                yield f"{fault} {mark.kind}: {each.text[mark.start : mark.end]!r} in {each.text!r}"
        for finding in findings:
            if not any(overlap(finding, mark) for mark in each.marks):
                yield f"false {finding.kind}: {each.text[finding.start : finding.end]!r} in {each.text!r}"


def main() -> None:
    """Print the table, or the failures."""
    parser = argparse.ArgumentParser(prog="python -m bench.guards", description="Measure the guards.")
    parser.add_argument("--failures", action="store_true", help="list what goes wrong in the part to develop on")
    if parser.parse_args().failures:
        print(*failures(), sep="\n")
        return
    for part in PARTS:
        print(*table(part), "", sep="\n")


if __name__ == "__main__":
    main()
