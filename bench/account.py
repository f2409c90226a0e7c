"""What scripted trainees sent against what the store holds: nothing lost, nothing doubled, nothing changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.outbox import Press
from explain.domain.facts import CaseClosed, CheckAnswered, FinalLocked, InitialLocked
from explain.sessions.ports import FactStore, Recorded


@dataclass
class Account:
    """What was found; every list names commands, and all but the counts are empty where all is well."""

    sent: int = 0
    facts: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether what was sent is what is held."""
        return not (self.lost or self.doubled or self.changed or self.out_of_order or self.unknown)


def account(people: Sequence[Sequence[Press]], store: FactStore) -> Account:
    """Compare every press of some people, each person's in her order, with the whole of a store."""
    found = Account()
    held: dict[str, list[Recorded]] = {}
    for row in all_of(store):
        if not row.stream.startswith(("participation/", "encounter/")):
            continue  # the server's own, such as the invitation of the first trainer
        found.facts += 1
        # The answers to several questions, sent with one press, are facts of their own: <press>/<question>.
        held.setdefault(row.command_id.partition("/")[0], []).append(row)
    known = {press.command_id for presses in people for press in presses}
    # What follows from a lock (the score, the reflection) is the service's, and named after its stream.
    found.unknown = [
        f"{row.command_id} {type(row.fact).__name__}"
        for command, rows in held.items()
        for row in rows
        if command not in known and not row.command_id.startswith(f"{row.stream}/")
    ]
    for presses in people:
        position = 0
        for press in presses:
            found.sent += 1
            rows = held.get(press.command_id, [])
            if not rows:
                found.lost.append(press.command_id)
                continue
            expected = len(press.answers) if isinstance(rows[0].fact, CheckAnswered) else 1
            if len(rows) != expected:
                found.doubled.append(press.command_id)
            if not all(_same(press, row) for row in rows):
                found.changed.append(press.command_id)
            if rows[0].position < position:
                found.out_of_order.append(press.command_id)
            position = rows[-1].position
    return found


def all_of(store: FactStore) -> Iterator[Recorded]:
    """Yield every fact of a store in its order."""
    position = 0
    while rows := store.after(position):
        yield from rows
        position = rows[-1].position


def _same(press: Press, row: Recorded) -> bool:
    match row.fact:
        case InitialLocked(judgement) | FinalLocked(judgement):
            return (judgement.reasons, str(judgement.rating)) == (press.answers["reasons"], press.answers["rating"])
        case CaseClosed(reflection):
            return reflection == press.answers.get("reflection", "")
        case CheckAnswered(question, choice):
            return press.answers[question] == choice
    return True
