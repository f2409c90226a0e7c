"""The rehearsal walks every page and leaves nothing where people's answers are kept."""

from __future__ import annotations

from pathlib import Path

from explain.apps.rehearsal import rehearse
from explain.apps.trainee import TraineePage
from explain.apps.wiring import training
from explain.store import open_store, prepare
from tests.practice import four_cases


def test_a_rehearsal_leaves_nothing_behind(wire, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'real.sqlite'}"
    prepare(database)
    cases = four_cases()
    pages = []

    def page() -> TraineePage:
        pages.append(TraineePage())
        return pages[-1]

    rehearse(page, {"database": database, "cases": str(cases)})

    assert len(pages) == 2
    assert all(page.at_end for page in pages)
    assert open_store(database).after(0) == ()
    assert training(database=database, cases=cases).store.after(0) == ()
