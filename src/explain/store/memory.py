"""Facts in memory, for tests and trials: everything is gone with the process."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from threading import RLock

from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Fact
from explain.sessions.ports import Decision, Draft, Envelope, Erasure, Presence, Recorded, Written, utc_now
from explain.store import rules
from explain.store.codec import decode, encode


class MemoryStore:
    """Keeps facts in lists; see ``FactStore`` for what the methods promise."""

    def __init__(self, *, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._alone = RLock()
        self._facts: list[Recorded] = []
        self._commands: dict[str, tuple[str, str, tuple[Recorded, ...]]] = {}
        self._drafts: dict[str, dict[str, Draft]] = {}
        self._drafted: dict[str, datetime] = {}
        self._presence: dict[str, Presence] = {}
        self._erasures: list[Erasure] = []
        self._positions = 0

    # Each method does what FactStore says.

    def write(self, stream: str, decision: Decision, envelope: Envelope, *, content: object) -> Written:
        rules.check_stream(stream)
        rules.check_envelope(envelope)
        fingerprint = rules.fingerprint(stream, envelope.actor, content)
        with self._alone:
            self._refuse_erased(stream)
            if envelope.command_id in self._commands:
                _, first_fingerprint, first = self._commands[envelope.command_id]
                if first_fingerprint != fingerprint:
                    raise Refused(Refusal.COMMAND_REUSED, envelope.command_id)
                return Written(first, repeated=True)
            past = self.read(stream)
            rows = [encode(fact) for fact in decision([recorded.fact for recorded in past])]
            for row in rows:
                rules.check_written(json.loads(row.content or "{}"))
            at = self._time()
            recorded = tuple(
                Recorded(
                    self._positions + part,
                    stream,
                    len(past) + part,
                    decode(row),
                    envelope.actor,
                    envelope.bot,
                    at,
                    envelope.browser_time,
                    envelope.command_id,
                )
                for part, row in enumerate(rows, start=1)
            )
            self._positions += len(recorded)
            self._facts.extend(recorded)
            self._commands[envelope.command_id] = stream, fingerprint, recorded
            if any(rules.ends_drafts(one.fact) for one in recorded):
                self.drop_drafts(stream)
            return Written(recorded)

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        with self._alone:
            self._refuse_erased(stream)
            its = (recorded for recorded in self._facts if recorded.stream == stream)
            return tuple(recorded for recorded in its if recorded.version > after)

    def read_all(self, streams: Sequence[str]) -> dict[str, tuple[Recorded, ...]]:
        return {stream: self.read(stream) for stream in streams}

    def read_prefix(self, prefix: str, *, kinds: Sequence[type[Fact]] = ()) -> tuple[Recorded, ...]:
        with self._alone:
            beneath = (recorded for recorded in self._facts if rules.covers(prefix, recorded.stream))
            return tuple(recorded for recorded in beneath if not kinds or type(recorded.fact) in kinds)

    def after(self, position: int, limit: int = 1000) -> tuple[Recorded, ...]:
        with self._alone:
            return tuple(recorded for recorded in self._facts if recorded.position > position)[:limit]

    def save_draft(self, stream: str, name: str, value: str, revision: int, actor: str) -> bool:
        rules.check_draft(stream, name, value, actor)
        with self._alone:
            self._refuse_erased(stream)
            its = self._drafts.setdefault(stream, {})
            if name in its and its[name].revision > revision:
                return False
            its[name] = Draft(value, revision)
            self._drafted[stream] = self._time()
            return True

    def drafts(self, stream: str) -> dict[str, Draft]:
        with self._alone:
            return dict(sorted(self._drafts.get(stream, {}).items()))

    def drop_drafts(self, stream: str) -> None:
        with self._alone:
            self._drafts.pop(stream, None)

    def touched(self, prefix: str) -> dict[str, datetime]:
        with self._alone:
            found = {name: at for name, at in self._drafted.items() if self._drafts.get(name)}
            for recorded in self._facts:
                found[recorded.stream] = max(recorded.at, found.get(recorded.stream, recorded.at))
            return {name: at for name, at in sorted(found.items()) if rules.covers(prefix, name)}

    def beat(self, participant: str, place: str) -> None:
        rules.check_name("participant", participant)
        rules.check_name("place", place)
        with self._alone:
            self._presence[participant] = Presence(place, self._time())

    def beat_all(self, participants: Collection[str]) -> None:
        for participant in participants:
            rules.check_name("participant", participant)
        with self._alone:
            for who in participants:
                place = self._presence[who].place if who in self._presence else rules.home(who)
                if not self._is_erased(place):
                    self._presence[who] = Presence(place, self._time())

    def presence(self) -> dict[str, Presence]:
        with self._alone:
            return dict(sorted(self._presence.items()))

    def erase(self, *prefixes: str, actor: str, reason: str) -> int:
        roots = rules.erasable(prefixes, actor)
        with self._alone:
            return sum(self._erase(root, actor, reason) for root in roots)

    def _erase(self, root: str, actor: str, reason: str) -> int:
        with self._alone:
            names = {recorded.stream for recorded in self._facts} | self._drafts.keys()
            gone = {name for name in names if rules.covers(root, name)}
            self._erasures.append(Erasure(root, actor, reason, self._time(), len(gone)))
            self._facts = [recorded for recorded in self._facts if recorded.stream not in gone]
            self._commands = {
                name: (stream, "", ()) if rules.covers(root, stream) else (stream, fingerprint, first)
                for name, (stream, fingerprint, first) in self._commands.items()
            }
            self._drafts = {name: kept for name, kept in self._drafts.items() if name not in gone}
            self._presence = {
                name: kept
                for name, kept in self._presence.items()
                if not rules.covers(root, name) and not rules.covers(root, kept.place)
            }
            return len(gone)

    def erasures(self) -> tuple[Erasure, ...]:
        with self._alone:
            return tuple(self._erasures)

    def close(self) -> None:
        """Do nothing: what is in memory stays there while the store is held."""

    def _refuse_erased(self, stream: str) -> None:
        if self._is_erased(stream):
            raise Refused(Refusal.ERASED, stream)

    def _is_erased(self, stream: str) -> bool:
        return any(rules.covers(erasure.prefix, stream) for erasure in self._erasures)

    def _time(self) -> datetime:
        return rules.to_moment(rules.to_milliseconds(self._now()))
