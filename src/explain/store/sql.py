"""Facts in an SQL database: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, func, insert, not_, select, update

from explain.domain.facts import Fact
from explain.sessions.ports import Decision, Draft, Envelope, Erasure, Presence, Recorded, Written
from explain.store import rows, rules
from explain.store.codec import kind_of, to_json
from explain.store.erasing import bury, finish_erasures
from explain.store.opened import Opened
from explain.store.schema import drafts, erasures, facts, presence


class SqlStore(Opened):
    """Keeps facts in an SQL database; see ``FactStore`` for what the methods promise."""

    def write(self, stream: str, decision: Decision, envelope: Envelope, *, content: object) -> Written:
        """Read, decide and append in one transaction; a repeated command gets its first answer."""
        rules.check_stream(stream)
        rules.check_envelope(envelope)
        fingerprint = rules.fingerprint(stream, envelope.actor, content)
        with self._writing() as connection:
            rows.refuse_erased(connection, stream)
            first = rows.first_answer(connection, envelope.command_id, fingerprint)
            if first is not None:
                return first
            past = rows.recorded(connection, rows.OF_STREAM, {"stream": stream, "after": 0})
            following = decision([recorded.fact for recorded in past])
            command = {"command_id": envelope.command_id, "stream": stream, "fingerprint": fingerprint}
            connection.execute(rows.ADD_COMMAND, command)
            return Written(rows.append(connection, stream, len(past), following, envelope, self._at()))

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        """Return the facts of one stream after a version, in order; refuse an erased one."""
        with self._reading() as connection:
            rows.refuse_erased(connection, stream)
            return rows.recorded(connection, rows.OF_STREAM, {"stream": stream, "after": after})

    def read_all(self, streams: Sequence[str]) -> dict[str, tuple[Recorded, ...]]:
        """Return the facts of several streams at once, each in order, by stream; refuse if one was erased."""
        found: dict[str, list[Recorded]] = {stream: [] for stream in streams}
        with self._reading() as connection:
            rows.refuse_any_erased(connection, streams)
            for recorded in rows.recorded(connection, rows.OF_STREAMS, {"streams": list(found)}):
                found[recorded.stream].append(recorded)
        return {stream: tuple(facts) for stream, facts in found.items()}

    def read_prefix(self, prefix: str, *, kinds: Sequence[type[Fact]] = ()) -> tuple[Recorded, ...]:
        """Return the facts of the stream ``prefix`` and all beneath it, of some kinds; erased ones are left out."""
        with self._reading() as connection:
            return rows.recorded_beneath(connection, prefix, [kind_of(kind) for kind in kinds])

    def after(self, position: int, limit: int = 1000) -> tuple[Recorded, ...]:
        """Return what was recorded after ``position``; erased streams are left out."""
        with self._reading() as connection:
            found = rows.facts_where(facts.c.position > position, not_(rows.erased(facts.c.stream)))
            return rows.recorded(connection, found.limit(limit))

    def save_draft(self, stream: str, name: str, value: str, revision: int, actor: str) -> bool:
        """Keep the text of a field unless a newer revision is there."""
        rules.check_draft(stream, name, value, actor)
        its = and_(drafts.c.stream == stream, drafts.c.name == name)
        with self._writing() as connection:
            rows.refuse_erased(connection, stream)
            kept = connection.execute(select(drafts.c.revision).where(its)).scalar()
            if kept is not None and kept > revision:
                return False
            connection.execute(delete(drafts).where(its))
            new = {"stream": stream, "name": name, "value": to_json(value), "revision": revision, "actor": actor}
            connection.execute(insert(drafts).values(new | {"at": self._at()}))
            return True

    def drafts(self, stream: str) -> dict[str, Draft]:
        """Return the drafts of a stream by field."""
        with self._reading() as connection:
            found = connection.execute(select(drafts).where(drafts.c.stream == stream).order_by(drafts.c.name))
            return {row.name: Draft(json.loads(row.value), row.revision) for row in found}

    def drop_drafts(self, stream: str) -> None:
        """Remove the drafts of a stream; recording what somebody wrote there does so by itself."""
        with self._writing() as connection:
            connection.execute(rows.DROP_DRAFTS, {"of_stream": stream})

    def touched(self, prefix: str) -> dict[str, datetime]:
        """Return when each stream beneath a prefix was last written to, drafts included; erased ones are left out."""
        its = rows.beneath(facts.c.stream, prefix)
        written = select(facts.c.stream, facts.c.at).where(its, not_(rows.erased(facts.c.stream)))
        typed = select(drafts.c.stream, drafts.c.at).where(rows.beneath(drafts.c.stream, prefix))
        both = written.union_all(typed).subquery()
        last = select(both.c.stream, func.max(both.c.at).label("at")).group_by(both.c.stream).order_by(both.c.stream)
        with self._reading() as connection:
            return {row.stream: rules.to_moment(row.at) for row in connection.execute(last)}

    def beat(self, participant: str, place: str) -> None:
        """Note that a participant is there now, and where."""
        rules.check_name("participant", participant)
        rules.check_name("place", place)
        with self._writing() as connection:
            connection.execute(delete(presence).where(presence.c.participant == participant))
            connection.execute(insert(presence).values(participant=participant, place=place, at=self._at()))

    def beat_all(self, participants: Collection[str]) -> None:
        """Note that all of these are there now, wherever they were; one transaction for a whole class."""
        for participant in participants:
            rules.check_name("participant", participant)
        if not participants:
            return
        with self._writing() as connection:
            moved = update(presence).where(presence.c.participant == bindparam("who")).values(at=self._at())
            connection.execute(moved, [{"who": participant} for participant in participants])
            known = select(presence.c.participant).where(presence.c.participant.in_(participants))
            at_home = {who: rules.home(who) for who in sorted(set(participants) - set(connection.scalars(known)))}
            # Whose session has just been erased may have the page open still; she leaves no new trace.
            new = {who: home for who, home in at_home.items() if not rows.is_erased(connection, home)}
            if new:
                values = [{"participant": who, "place": home, "at": self._at()} for who, home in new.items()]
                connection.execute(insert(presence), values)

    def presence(self) -> dict[str, Presence]:
        """Return where everybody was when last heard of."""
        with self._reading() as connection:
            found = connection.execute(select(presence).order_by(presence.c.participant))
            return {row.participant: Presence(row.place, rules.to_moment(row.at)) for row in found}

    def erase(self, *prefixes: str, actor: str, reason: str) -> int:
        """Erase what people wrote in the streams ``prefixes`` and all beneath them; return how many streams.

        What goes: ratings, reasons and everything else in ``content``, the fingerprints of commands, drafts, presence.
        What stays: that it happened, when, under which running number; and a tombstone. The disk is freed of the text
        before this returns; where it is stopped half-way, ``prepare`` goes on at the next start.

        Backups keep what they hold: they must go by the same date, and so must snapshots of the file system and, for
        PostgreSQL, archived logs (docs/decisions/store.md).
        """
        roots = rules.erasable(prefixes, actor)
        with self._writing() as connection:
            streams = sum(bury(connection, root, actor=actor, reason=reason, at=self._at()) for root in roots)
        finish_erasures(self._database)
        return streams

    def erasures(self) -> tuple[Erasure, ...]:
        """Return every erasure in order."""
        with self._reading() as connection:
            return tuple(
                Erasure(row.prefix, row.actor, row.reason, rules.to_moment(row.at), row.streams)
                for row in connection.execute(select(erasures).order_by(erasures.c.id))
            )
