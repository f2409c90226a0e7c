"""What every store promises, in memory, in SQLite and in a real PostgreSQL, from whatever revision it comes."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from explain.domain.conditions import TEACHING
from explain.domain.encounter import CloseCase, LockInitial, decide, replay
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import CaseClosed, CaseOpened, CaseSkipped, Fact, InitialLocked, InputFlagged, Joined
from explain.domain.judgement import Judgement
from explain.sessions.ports import Draft, Envelope, FactStore, Written
from explain.store import MemoryStore, SqlStore, open_store, prepare
from explain.store.databases import database
from explain.store.rules import LONGEST_TEXT
from explain.store.schema import revisions

OPENED = CaseOpened("grundforloeb/sag-01", "1", TEACHING)
JUDGEMENT = Judgement(rating=7, reasons="Skolen har set ham trist i to måneder.", missing="Hvad siger æblet?")
NOON = datetime(2030, 5, 17, 12, 0, 0, 123000, tzinfo=UTC)
PROCESSES = 20

Hand = Callable[..., subprocess.Popen[str]]


def put(
    store: FactStore, stream: str, *facts: Fact, command: str = "", actor: str = "p1", bot: bool = False
) -> Written:
    """Append facts as one command, whose id is new unless it is given."""
    envelope = Envelope(command or f"command-{len(store.after(0))}", actor, browser_time=1_900_000_000_000, bot=bot)
    return store.write(stream, lambda _: facts, envelope, content=facts)


def refusal(refused: pytest.ExceptionInfo[Refused]) -> Refusal:
    return refused.value.code


class StoreContract:
    """Inherited by every kind of store, which gives the fixture ``store``, its clock standing at NOON."""

    def test_facts_come_back_in_order_with_all_that_was_said(self, store: FactStore) -> None:
        put(store, "case/1", OPENED, command="first")
        put(store, "case/2", CaseSkipped(), command="second", actor="p2", bot=True)
        put(store, "case/1", InitialLocked(JUDGEMENT), command="third")

        first, third = store.read("case/1")

        assert (first.version, third.version) == (1, 2)
        assert (first.fact, third.fact) == (OPENED, InitialLocked(JUDGEMENT))
        assert (third.stream, third.actor, third.bot, third.command_id) == ("case/1", "p1", False, "third")
        assert (third.at, third.browser_time) == (NOON, 1_900_000_000_000)
        assert [recorded.bot for recorded in store.read("case/2")] == [True]
        assert store.read("case/3") == ()

    def test_what_is_written_is_what_is_read(self, store: FactStore) -> None:
        written = put(store, "case/1", OPENED, InitialLocked(JUDGEMENT))

        assert written.recorded == store.read("case/1") == store.after(0)
        assert not written.repeated

    def test_a_stream_can_be_read_from_a_version_on(self, store: FactStore) -> None:
        put(store, "case/1", OPENED)
        put(store, "case/2", OPENED)
        put(store, "case/1", InitialLocked(JUDGEMENT), CaseSkipped())

        assert [recorded.version for recorded in store.read("case/1", after=1)] == [2, 3]
        assert store.read("case/1", after=3) == store.read("case/9", after=1) == ()
        assert store.read("case/1", after=0) == store.read("case/1")

    def test_several_streams_are_read_at_once(self, store: FactStore) -> None:
        put(store, "p/1", OPENED, InitialLocked(JUDGEMENT))
        put(store, "p/2", CaseSkipped())

        found = store.read_all(["p/2", "p/1", "p/3"])
        assert found == {"p/2": store.read("p/2"), "p/1": store.read("p/1"), "p/3": ()}
        assert len(found["p/1"]) == 2
        assert store.read_all([]) == {}

    def test_several_streams_are_refused_if_one_was_erased(self, store: FactStore) -> None:
        put(store, "p/1", OPENED)
        store.erase("p/2", actor="trainer", reason="asked for it")

        assert store.read_all(["p/1", "p/21"])["p/21"] == ()
        with pytest.raises(Refused) as refused:
            store.read_all(["p/1", "p/2/sag"])
        assert refusal(refused) is Refusal.ERASED

    def test_positions_rise_over_all_streams(self, store: FactStore) -> None:
        for number in range(10):
            put(store, f"case/{number % 3}", CaseSkipped())

        positions = [recorded.position for recorded in store.after(0)]

        assert len(positions) == 10
        assert positions == sorted(set(positions))

    def test_after_gives_what_came_since_and_no_more_than_asked(self, store: FactStore) -> None:
        for number in range(5):
            put(store, f"case/{number}", CaseSkipped())
        everything = store.after(0)

        assert store.after(everything[1].position) == everything[2:]
        assert store.after(everything[1].position, limit=2) == everything[2:4]
        assert store.after(everything[-1].position) == ()

    def test_a_decision_reads_the_stream_it_adds_to(self, store: FactStore) -> None:
        put(store, "case/1", OPENED)
        seen: list[object] = []

        def decision(past: object) -> list[Fact]:
            seen.append(past)
            return [CaseSkipped()]

        store.write("case/1", decision, Envelope("c", "p1"), content=CaseSkipped())

        assert seen == [[OPENED]]

    def test_a_refused_command_leaves_nothing_and_can_be_sent_again(self, store: FactStore) -> None:
        def refuse(_: object) -> list[Fact]:
            raise Refused(Refusal.NOT_NOW)

        with pytest.raises(Refused):
            store.write("case/1", refuse, Envelope("c", "p1"), content=OPENED)
        assert store.read("case/1") == ()

        assert not put(store, "case/1", OPENED, command="c").repeated

    def test_threads_racing_for_a_lock_get_one(self, store: FactStore) -> None:
        put(store, "case/1", OPENED)
        command = LockInitial(JUDGEMENT)

        def lock(number: int) -> str:
            envelope = Envelope(f"lock-{number}", "p1")
            try:
                store.write("case/1", lambda past: [decide(replay(past), command)], envelope, content=command)
            except Refused as refused:
                return refused.code.value
            return "locked"

        with ThreadPoolExecutor(4) as threads:
            answers = sorted(threads.map(lock, range(8)))

        assert answers == ["already_locked"] * 7 + ["locked"]
        assert [type(recorded.fact) for recorded in store.read("case/1")] == [CaseOpened, InitialLocked]

    # --- commands that come again ---

    def test_a_repeated_command_gets_its_first_answer(self, store: FactStore) -> None:
        first = put(store, "case/1", OPENED, InitialLocked(JUDGEMENT), command="c")

        again = put(store, "case/1", OPENED, InitialLocked(JUDGEMENT), command="c")

        assert again == Written(first.recorded, repeated=True)
        assert len(store.read("case/1")) == 2

    def test_a_repeated_command_is_not_decided_again(self, store: FactStore) -> None:
        put(store, "case/1", OPENED)
        closing = CloseCase("tak")
        store.write("case/1", lambda _: [], Envelope("c", "p1"), content=closing)

        again = store.write("case/1", lambda _: [CaseClosed("tak")], Envelope("c", "p1"), content=closing)

        assert again == Written((), repeated=True)

    @pytest.mark.parametrize(
        ("stream", "fact", "actor"),
        [
            ("case/1", InputFlagged("age", fits=True), "p1"),
            ("case/2", InputFlagged("age", fits=False), "p1"),
            ("case/1", InputFlagged("age", fits=False), "p2"),
        ],
        ids=["other content", "other stream", "other actor"],
    )
    def test_a_command_id_that_stands_for_something_else_is_refused(
        self, store: FactStore, stream: str, fact: Fact, actor: str
    ) -> None:
        put(store, "case/1", InputFlagged("age", fits=False), command="c")

        with pytest.raises(Refused) as refused:
            put(store, stream, fact, command="c", actor=actor)

        assert refusal(refused) is Refusal.COMMAND_REUSED
        assert len(store.after(0)) == 1

    def test_two_kinds_of_command_with_equal_fields_are_not_the_same(self, store: FactStore) -> None:
        store.write("case/1", lambda _: [OPENED], Envelope("c", "p1"), content=LockInitial(JUDGEMENT))

        with pytest.raises(Refused) as refused:
            store.write("case/1", lambda _: [OPENED], Envelope("c", "p1"), content=InitialLocked(JUDGEMENT))

        assert refusal(refused) is Refusal.COMMAND_REUSED

    # --- names ---

    def test_a_prefix_ends_where_a_name_ends(self, store: FactStore) -> None:
        streams = ["p/1", "p/1/sag", "p/1/sæg", "p/10", "p/17/sag", "p/1.5", "p/1 b", "q/1", "p"]
        for stream in streams:
            put(store, stream, CaseSkipped())

        def found(prefix: str) -> list[str]:
            return [recorded.stream for recorded in store.read_prefix(prefix)]

        assert found("p/1") == found("p/1/") == ["p/1", "p/1/sag", "p/1/sæg"]
        assert found("p/1/s") == []
        assert found("p") == [stream for stream in streams if stream != "q/1"]
        assert found("") == streams

    def test_of_a_prefix_some_kinds_can_be_asked_for(self, store: FactStore) -> None:
        put(store, "p/1", OPENED)
        put(store, "p/2", CaseSkipped())
        put(store, "q/1", CaseSkipped())

        def found(prefix: str, *kinds: type[Fact]) -> list[str]:
            return [recorded.stream for recorded in store.read_prefix(prefix, kinds=kinds)]

        assert found("p", CaseSkipped) == ["p/2"]
        assert found("p", CaseSkipped, CaseOpened) == found("p") == ["p/1", "p/2"]
        assert found("", CaseSkipped) == ["p/2", "q/1"]
        assert found("p", InitialLocked) == []

    @pytest.mark.parametrize("odd", ["100%", "a_b", "æøå", "Århus Å", "ǿ🙂", "x'y\"z", "back\\slash", "A"])
    def test_a_name_is_taken_letter_by_letter(self, store: FactStore, odd: str) -> None:
        put(store, f"set/{odd}/1", OPENED)
        for other in ("100x", "axb", "aeoeaa", "a", f"{odd}x"):
            put(store, f"set/{other}/1", CaseSkipped())

        assert [recorded.stream for recorded in store.read_prefix(f"set/{odd}")] == [f"set/{odd}/1"]

    @pytest.mark.parametrize("name", ["", "/", "a//b", "a/", "/a", "a\nb", "a\0b", "a\ud800", "x" * 501])
    def test_a_stream_must_have_a_name(self, store: FactStore, name: str) -> None:
        with pytest.raises(ValueError, match="a stream must be named"):
            put(store, name, OPENED)

    @pytest.mark.parametrize(
        "envelope",
        [
            Envelope("", "p1"),
            Envelope("c\0", "p1"),
            Envelope("c", "p\n"),
            Envelope("c" * 501, "p1"),
            Envelope("c", "p1", browser_time=2**63),
            Envelope("c", "p1", browser_time=float("nan")),  # type: ignore[arg-type]
            Envelope("c", "p1", browser_time=True),
        ],
    )
    def test_what_a_browser_makes_up_is_not_kept(self, store: FactStore, envelope: Envelope) -> None:
        with pytest.raises(ValueError, match="must be"):
            store.write("case/1", lambda _: [OPENED], envelope, content=OPENED)

        assert store.after(0) == ()

    # --- texts ---

    @pytest.mark.parametrize(
        "words", ["æøåÆØÅ é 🙂", "to\nlinjer\r\n\tog 'citat' \"her\"", "nul\0tegn", "halv\ud83d", "{}"]
    )
    def test_words_come_back_as_they_were_written(self, store: FactStore, words: str) -> None:
        put(store, "case/1", InitialLocked(Judgement(3, words)))
        store.save_draft("case/2", "reasons", words, 1, "p1")

        assert store.read("case/1")[0].fact == InitialLocked(Judgement(3, words))
        assert store.drafts("case/2")["reasons"].value == words

    def test_a_text_has_an_end(self, store: FactStore) -> None:
        just_right, too_long = "å" * LONGEST_TEXT, "å" * (LONGEST_TEXT + 1)
        put(store, "case/1", InitialLocked(Judgement(3, just_right)))
        store.save_draft("case/1", "reasons", just_right, 1, "p1")

        with pytest.raises(Refused) as refused:
            put(store, "case/2", InitialLocked(Judgement(3, too_long)))
        assert refusal(refused) is Refusal.TOO_LONG
        with pytest.raises(Refused) as refused:
            store.save_draft("case/2", "reasons", too_long, 1, "p1")
        assert refusal(refused) is Refusal.TOO_LONG
        assert (len(store.after(0)), store.drafts("case/2")) == (1, {})

    # --- drafts and presence ---

    def test_a_draft_is_replaced_by_a_newer_one_alone(self, store: FactStore) -> None:
        assert store.save_draft("case/1", "reasons", "Skolen", 1, "p1")
        assert store.save_draft("case/1", "reasons", "Skolen siger", 3, "p1")
        assert store.save_draft("case/1", "reasons", "Skolen siger", 3, "p1"), "the same again, on a bad line"
        assert not store.save_draft("case/1", "reasons", "Skole", 2, "p1")
        assert store.save_draft("case/1", "missing", "", 1, "p1")

        assert store.drafts("case/1") == {"missing": Draft("", 1), "reasons": Draft("Skolen siger", 3)}
        assert store.drafts("case/10") == {}
        assert store.after(0) == ()

    def test_drafts_can_be_dropped(self, store: FactStore) -> None:
        store.save_draft("case/1", "reasons", "Skolen", 1, "p1")
        store.save_draft("case/2", "reasons", "Skolen", 1, "p1")

        store.drop_drafts("case/1")

        assert (store.drafts("case/1"), list(store.drafts("case/2"))) == ({}, ["reasons"])

    def test_a_flag_leaves_what_is_being_typed(self, store: FactStore) -> None:
        store.save_draft("p/1", "3/reasons", "Skolen", 1, "p1")

        put(store, "p/1", InputFlagged("age", False))

        assert list(store.drafts("p/1")) == ["3/reasons"]

    def test_what_becomes_a_fact_is_no_draft_any_more(self, store: FactStore) -> None:
        store.save_draft("case/1", "reasons", "Skolen", 1, "p1")
        put(store, "case/1", OPENED)
        assert list(store.drafts("case/1")) == ["reasons"]

        put(store, "case/1", InitialLocked(JUDGEMENT))

        assert store.drafts("case/1") == {}

    def test_what_was_touched_is_told_with_its_time_drafts_included(self, store: FactStore) -> None:
        put(store, "own/p1/1", CaseSkipped())
        put(store, "own/p1/1/encounter", OPENED)
        store.save_draft("own/p1/2", "reasons", "Skolen", 1, "p1")
        store.save_draft("own/p1/1", "reasons", "Skolen", 1, "p1")
        store.save_draft("own/p17/1", "reasons", "Skolen", 1, "p17")

        assert store.touched("own/p1") == dict.fromkeys(["own/p1/1", "own/p1/1/encounter", "own/p1/2"], NOON)

        store.erase("own/p1/1", actor="p1", reason="own")
        store.drop_drafts("own/p17/1")
        assert store.touched("own") == {"own/p1/2": NOON}

    def test_presence_is_where_somebody_was_last(self, store: FactStore) -> None:
        store.beat("p1", "sag 1, trin 1")
        store.beat("p2", "introduktion")
        store.beat("p1", "sag 1, trin 2")

        assert {name: (there.place, there.at) for name, there in store.presence().items()} == {
            "p1": ("sag 1, trin 2", NOON),
            "p2": ("introduktion", NOON),
        }

    def test_a_whole_class_is_heard_of_at_once(self, store: FactStore) -> None:
        store.beat("k3mw7p2a-1", "sag 1, trin 2")

        store.beat_all({"k3mw7p2a-1", "k3mw7p2a-2"})
        store.beat_all(())

        places = {name: there.place for name, there in store.presence().items()}
        assert places == {"k3mw7p2a-1": "sag 1, trin 2", "k3mw7p2a-2": "participation/k3mw7p2a/2"}
        store.erase("participation/k3mw7p2a", actor="trainer", reason="asked for it")
        assert list(store.presence()) == ["k3mw7p2a-1"]

    def test_whoever_was_erased_is_not_heard_of_again(self, store: FactStore) -> None:
        store.beat_all({"k3mw7p2a-1", "k3mw7p2b-1"})
        store.erase("participation/k3mw7p2a", actor="trainer", reason="asked for it")

        store.beat_all({"k3mw7p2a-1", "k3mw7p2b-1"})

        assert list(store.presence()) == ["k3mw7p2b-1"]

    # --- erasure ---

    def test_an_erased_stream_is_closed_for_ever(self, store: FactStore) -> None:
        put(store, "p/1/sag", OPENED, InitialLocked(JUDGEMENT), command="c")
        store.save_draft("p/1/next", "reasons", "Skolen", 1, "p1")
        store.beat("p/1", "sag 1")
        put(store, "p/17/sag", OPENED, InitialLocked(JUDGEMENT))

        assert store.erase("p/1/", actor="trainer", reason="asked for it") == 2

        assert [recorded.stream for recorded in store.after(0)] == ["p/17/sag"] * 2
        assert [recorded.stream for recorded in store.read_prefix("p")] == ["p/17/sag"] * 2
        assert (store.drafts("p/1/next"), store.presence()) == ({}, {})
        for closed in (
            lambda: store.read("p/1/sag"),
            lambda: put(store, "p/1/sag", CaseSkipped()),
            lambda: put(store, "p/1/sag", OPENED, InitialLocked(JUDGEMENT), command="c"),
            lambda: put(store, "p/1/quite/new", OPENED),
            lambda: put(store, "p/1", OPENED),
            lambda: store.save_draft("p/1/sag", "reasons", "Skolen", 1, "p1"),
        ):
            with pytest.raises(Refused) as refused:
                closed()
            assert refusal(refused) is Refusal.ERASED

    def test_several_streams_are_erased_as_one(self, store: FactStore) -> None:
        for stream in ("case/1/a", "case/2/a", "case/3/a", "case/33/a"):
            put(store, stream, InitialLocked(JUDGEMENT))
        store.beat("p1", "case/2/a")

        assert store.erase("case/1", "case/2/", "case/3", "case/3", actor="trainer", reason="the day") == 3

        assert [recorded.stream for recorded in store.after(0)] == ["case/33/a"]
        assert [erasure.prefix for erasure in store.erasures()] == ["case/1", "case/2", "case/3"]
        assert store.presence() == {}
        with pytest.raises(ValueError):
            store.erase("case/33", "", actor="trainer", reason="the day")
        assert len(store.erasures()) == 3, "all or nothing"

    def test_an_erasure_is_accounted_for(self, store: FactStore) -> None:
        put(store, "p/1/sag", OPENED)
        store.erase("p/1", actor="trainer", reason="frist nået")
        store.erase("p/2", actor="trainer", reason="frist nået")

        assert [
            (erasure.prefix, erasure.actor, erasure.reason, erasure.at, erasure.streams) for erasure in store.erasures()
        ] == [("p/1", "trainer", "frist nået", NOON, 1), ("p/2", "trainer", "frist nået", NOON, 0)]

    def test_an_erased_command_id_is_not_free_again(self, store: FactStore) -> None:
        put(store, "p/1/sag", OPENED, command="c")
        store.erase("p/1", actor="trainer", reason="asked for it")

        with pytest.raises(Refused) as refused:
            put(store, "p/2/sag", OPENED, command="c")

        assert refusal(refused) is Refusal.COMMAND_REUSED

    def test_positions_go_on_after_an_erasure(self, store: FactStore) -> None:
        last = put(store, "p/1/sag", OPENED).recorded[0].position
        store.erase("p/1", actor="trainer", reason="asked for it")

        assert put(store, "p/2/sag", OPENED, command="new").recorded[0].position > last
        assert [recorded.stream for recorded in store.after(last)] == ["p/2/sag"]

    def test_an_erasure_needs_something_to_erase(self, store: FactStore) -> None:
        with pytest.raises(ValueError, match="a stream must be named"):
            store.erase("", actor="trainer", reason="all of it")


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> FactStore:
        return MemoryStore(now=lambda: NOON)


class SqlContract(StoreContract):
    """What databases promise beyond: that they outlive their process, and stand between many."""

    @pytest.fixture
    def place(self) -> str:
        """The URL of a database with nothing in it."""
        raise NotImplementedError

    @pytest.fixture(params=revisions())
    def url(self, request: pytest.FixtureRequest, place: str) -> str:
        """The URL of a database that was made at some revision and then brought to the newest."""
        prepare(place, revision=request.param)
        prepare(place)
        return place

    @pytest.fixture
    def store(self, url: str) -> Iterator[FactStore]:
        store = opened(url)
        yield store
        store.close()

    def test_everything_is_there_after_a_restart(self, url: str, store: FactStore) -> None:
        first = put(store, "case/1", OPENED, InitialLocked(JUDGEMENT), command="c")
        store.save_draft("case/2", "reasons", "Skolen", 4, "p1")
        store.close()

        again = opened(url)
        assert again.read("case/1") == first.recorded
        assert again.drafts("case/2") == {"reasons": Draft("Skolen", 4)}
        assert put(again, "case/1", OPENED, InitialLocked(JUDGEMENT), command="c") == Written(first.recorded, True)
        again.close()

    @pytest.mark.parametrize(
        "deed",
        [
            "UPDATE facts SET actor = 'p2'",
            "UPDATE facts SET content_id = NULL",
            "DELETE FROM facts",
            "UPDATE content SET body = '{}'",
            "UPDATE content SET id = 77, body = NULL",
            "DELETE FROM content",
            "UPDATE commands SET fingerprint = 'x'",
            "UPDATE commands SET stream = 'x', fingerprint = NULL",
            "DELETE FROM commands",
            "UPDATE erasures SET reason = 'x', cleansed = '1'",
            "DELETE FROM erasures",
        ],
    )
    def test_the_database_itself_refuses_to_change_what_happened(self, url: str, store: FactStore, deed: str) -> None:
        put(store, "case/1", OPENED, InitialLocked(JUDGEMENT))
        store.erase("case/2", actor="trainer", reason="asked for it")

        with pytest.raises(DBAPIError, match="what is recorded never changes"):
            run(url, deed)

        assert len(store.read("case/1")) == 2

    def test_a_position_is_never_used_again(self, url: str, store: FactStore) -> None:
        last = put(store, "case/1", Joined("set", "1", ()), OPENED).recorded[-1].position
        # Nobody can take a fact away; somebody who takes the triggers away first still frees no number.
        trigger = "facts_delete" if url.startswith("sqlite") else "facts_delete ON facts"
        run(url, f"DROP TRIGGER {trigger}", "DELETE FROM facts WHERE version = 2")

        assert put(store, "case/2", OPENED, command="next").recorded[0].position > last

    def test_two_facts_cannot_both_be_version_one(self, url: str, store: FactStore) -> None:
        put(store, "case/1", OPENED)
        columns = "stream, version, kind, schema_version, command_id, actor, bot, at, body"

        with pytest.raises(DBAPIError):
            run(url, f"INSERT INTO facts ({columns}, part) SELECT {columns}, 1 FROM facts")

    def test_processes_racing_for_a_lock_get_one(self, url: str, store: FactStore, hand: Hand) -> None:
        put(store, "shared/case", OPENED)
        hands = [hand("lock", url, f"p{number}") for number in range(4)]

        answers = sorted(answer for _, answer in together(hands))

        assert answers == ["already_locked"] * 3 + ["locked"]
        assert [type(recorded.fact) for recorded in store.read("shared/case")] == [CaseOpened, InitialLocked]

    def test_processes_writing_at_once_lose_and_double_nothing(self, url: str, store: FactStore, hand: Hand) -> None:
        each = 5
        answers = [
            answer.split() for _, answer in together([hand("append", url, f"p{n}", each) for n in range(PROCESSES)])
        ]

        facts = store.read("shared/stream")

        assert len(answers) == len(facts) == PROCESSES * each
        assert {(name, int(position)) for name, position in answers} == {
            (recorded.fact.name, recorded.position) for recorded in facts if isinstance(recorded.fact, InputFlagged)
        }
        assert [recorded.version for recorded in facts] == list(range(1, len(facts) + 1))
        assert [recorded.position for recorded in facts] == sorted(recorded.position for recorded in facts)

    def test_a_process_killed_while_writing_loses_nothing_it_was_told_is_kept(
        self, url: str, store: FactStore, hand: Hand
    ) -> None:
        told = set()
        for life in range(3):
            writer = hand("append", url, f"life-{life}", "endless")
            assert writer.stdin is not None
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            writer.stdin.write("go\n")
            told |= {writer.stdout.readline().split()[0] for _ in range(20)}
            writer.send_signal(signal.SIGKILL)
            told |= {line.split()[0] for line in writer.communicate()[0].splitlines() if line.count(" ") == 1}

            facts = store.read("shared/stream")
            assert told <= {recorded.fact.name for recorded in facts if isinstance(recorded.fact, InputFlagged)}
            assert [recorded.version for recorded in facts] == list(range(1, len(facts) + 1))
            # at most the one that was under way is there without having been told
            assert len(facts) <= len(told) + life + 1
        assert put(store, "case/1", OPENED).recorded

    def test_a_store_that_was_used_cannot_go_through_a_fork(self, url: str, hand: Hand) -> None:
        answers = [answer for _, answer in together([hand("fork", url)])]

        assert answers == ["a store that was used before a fork cannot be used after it: open one in the child", "1"]


class TestSqlite(SqlContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path}/data/skoen.db"

    def test_nothing_can_be_put_in_a_facts_place(self, url: str, store: FactStore) -> None:
        put(store, "case/1", OPENED, InitialLocked(JUDGEMENT))
        names = "position, stream, version, kind, schema_version, command_id, part, actor, bot, at, body"

        for deed in (
            f"INSERT OR REPLACE INTO facts ({names}) SELECT {names.replace('actor', 'kind')} FROM facts",
            f"REPLACE INTO facts ({names}) SELECT {names.replace('position', 'position + 100')} FROM facts",
            "INSERT OR REPLACE INTO content SELECT id, '{}' FROM content",
            "INSERT OR REPLACE INTO commands SELECT command_id, 'x', fingerprint FROM commands",
        ):
            with pytest.raises(DBAPIError, match="what is recorded never changes"):
                run(url, deed)

        assert [recorded.fact for recorded in store.read("case/1")] == [OPENED, InitialLocked(JUDGEMENT)]

    def test_a_killed_writer_leaves_a_whole_file(self, url: str, store: FactStore, hand: Hand) -> None:
        self.test_a_process_killed_while_writing_loses_nothing_it_was_told_is_kept(url, store, hand)

        assert run(url, "PRAGMA integrity_check", "PRAGMA foreign_key_check") == [("ok",)]


class TestPostgresql(SqlContract):
    @pytest.fixture
    def place(self, postgres_url: str) -> str:
        return postgres_url

    def test_nothing_can_be_put_in_a_facts_place(self, url: str, store: FactStore) -> None:
        put(store, "case/1", OPENED, InitialLocked(JUDGEMENT))

        for deed in (
            "TRUNCATE facts, content, commands",
            "INSERT INTO content (id, body) OVERRIDING SYSTEM VALUE SELECT id, '{}' FROM content "
            "ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body",
        ):
            with pytest.raises(DBAPIError, match="what is recorded never changes"):
                run(url, deed)

        assert [recorded.fact for recorded in store.read("case/1")] == [OPENED, InitialLocked(JUDGEMENT)]


def opened(url: str) -> FactStore:
    return SqlStore(database(make_url(url)), now=lambda: NOON)


def run(url: str, *statements: str) -> list[tuple[object, ...]]:
    """Do something to the database that is not ours to do, over a stranger's connection; return what came last."""
    engine = create_engine(url)
    rows: list[tuple[object, ...]] = []
    try:
        with engine.begin() as connection:
            for statement in statements:
                result = connection.execute(text(statement))
                rows += [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()
    return rows


def together(hands: list[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    """Let other processes begin at once; return what each said, line by line."""
    for process in hands:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in hands:
        assert process.stdin is not None
        process.stdin.write("go\n")
    said = [process.communicate()[0] for process in hands]
    assert [process.returncode for process in hands] == [0] * len(hands)
    return [(number, line) for number, lines in enumerate(said) for line in lines.splitlines()]


def test_memory_is_a_store_by_its_name() -> None:
    assert isinstance(open_store("memory:"), MemoryStore)
