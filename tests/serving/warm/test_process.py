"""A forked kernel is to jupyter_client what a process is: interrupted, ended, restarted, killed; nothing is left."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import pytest

import explain
from explain.serving.warm.forked import Forked
from explain.serving.warm.possible import impossible

from .conftest import FIRST, Nest, gone

pytestmark = pytest.mark.skipif(impossible() is not None, reason=str(impossible()))

InNest = Callable[..., None]


def test_a_kernel_is_forked_and_answers(nest: InNest) -> None:
    async def check(nest: Nest) -> None:
        kernel = await nest.start()
        assert isinstance(nest.process(kernel), Forked)
        assert await nest.process(kernel).failure() is None
        assert await nest.answers(kernel)

    nest(check)


def test_interrupt_stops_what_runs_and_the_kernel_lives_on(nest: InNest) -> None:
    async def check(nest: Nest) -> None:
        kernel = await nest.start()
        client = await nest.client(kernel)
        busy = client.execute("print('begun', flush=True)\nwhile True: pass")
        while (await client.get_iopub_msg(timeout=60))["msg_type"] != "stream":
            pass
        await nest.manager.interrupt_kernel(kernel)
        while (reply := await client.get_shell_msg(timeout=60))["parent_header"].get("msg_id") != busy:
            pass
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        client.stop_channels()
        assert await nest.answers(kernel)

    nest(check)


def test_shutdown_ends_it_politely_and_leaves_no_socket(nest: InNest) -> None:
    async def check(nest: Nest) -> None:
        kernel = await nest.start()
        process = nest.process(kernel)
        await nest.answers(kernel)
        assert nest.sockets(kernel)
        await nest.manager.shutdown_kernel(kernel)
        assert process.returncode == 0
        assert gone(process.pid)
        assert nest.sockets(kernel) == []

    nest(check)


def test_restart_gives_a_new_process_at_the_same_sockets(nest: InNest) -> None:
    async def check(nest: Nest) -> None:
        kernel = await nest.start()
        before, sockets = nest.process(kernel), sorted(nest.sockets(kernel))
        await nest.manager.restart_kernel(kernel)
        assert isinstance(nest.process(kernel), Forked)
        assert nest.process(kernel).pid != before.pid
        assert gone(before.pid)
        assert await nest.answers(kernel)
        assert sorted(nest.sockets(kernel)) == sockets

    nest(check)


def test_a_killed_kernel_is_seen_with_its_signal_and_is_no_zombie(nest: InNest) -> None:
    async def check(nest: Nest) -> None:
        kernel = await nest.start()
        process = nest.process(kernel)
        process.kill()
        assert await asyncio.to_thread(process.wait) == -signal.SIGKILL
        assert gone(process.pid)
        assert not await nest.manager.get_kernel(kernel).is_alive()
        process.send_signal(signal.SIGTERM)  # reaches nobody, least of all another process of that number

    nest(check)


def test_a_killed_template_is_replaced_and_its_kernels_live_on(nest: InNest) -> None:
    async def check(nest: Nest) -> None:
        kernel = await nest.start()
        template = nest.process(kernel).template
        template.process.kill()
        after = await nest.start()
        assert gone(template.process.pid)
        assert nest.process(after).template is not template
        assert await nest.answers(kernel), "the kernel of the old one"
        assert await nest.answers(after)

    nest(check)


def test_a_stuck_template_is_replaced(nest: InNest, monkeypatch: pytest.MonkeyPatch) -> None:
    async def check(nest: Nest) -> None:
        template = await nest.templates.of(FIRST)
        assert template is not None
        template.process.send_signal(signal.SIGSTOP)
        kernel = await nest.start()
        assert nest.process(kernel).template is not template
        assert await nest.answers(kernel)

    monkeypatch.setattr("explain.serving.warm.templates.BORN_SECONDS", 0.5)
    nest(check)


def test_many_at_once_are_all_born(nest: InNest) -> None:
    async def check(nest: Nest) -> None:
        kernels = await asyncio.gather(*(nest.start() for _ in range(12)))
        assert all(isinstance(nest.process(kernel), Forked) for kernel in kernels)
        assert len({nest.process(kernel).pid for kernel in kernels}) == 12
        assert len({nest.process(kernel).template.process.pid for kernel in kernels}) == 1

    nest(check)


def test_an_edited_notebook_is_run_anew(nest: InNest, tmp_path: Path) -> None:
    async def check(nest: Nest) -> None:
        folder = tmp_path / "own"
        folder.mkdir()
        notebook, module = folder / "own.ipynb", folder / "own_module.py"
        source = FIRST.read_text(encoding="utf-8")
        module.write_text("def first_page():\n    return 1\n")
        notebook.write_text(source.replace("from first_page", "from own_module"))
        first = await nest.templates.of(notebook)
        assert first is not None
        assert first is await nest.templates.of(notebook)
        module.write_text("def first_page():\n    return 1234\n")
        second = await _newer(nest, notebook, first)
        assert second.shown[0][0]["data"]["text/plain"] == "1234"
        assert gone(first.process.pid)
        notebook.write_text(source.replace("from first_page import first_page", "first_page = lambda: 56789"))
        third = await _newer(nest, notebook, second)
        assert third.shown[0][0]["data"]["text/plain"] == "56789"

    nest(check)


def test_a_changed_explain_is_warmed_anew(nest: InNest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "explain"
    here = Path(explain.__file__).parent
    shutil.copytree(here, copy, ignore=shutil.ignore_patterns("__pycache__", "*.min.js", "*.ubj"))
    seen_first(monkeypatch, tmp_path)

    async def check(nest: Nest) -> None:
        first = await nest.templates.of(FIRST)
        assert first is not None
        assert str(copy / "serving" / "hooks.py") in [path for path, *_ in first.files]
        words = copy / "texts" / "da.toml"  # no module, and part of the package all the same
        words.write_text(words.read_text(encoding="utf-8") + "# a new version\n", encoding="utf-8")
        assert await _newer(nest, FIRST, first) is not None

    nest(check)


def test_an_upgraded_ipykernel_is_warmed_anew_and_an_unknown_one_refused(
    nest: InNest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    installed = distribution("ipykernel")
    package, told = (Path(str(installed.locate_file(name))) for name in ("ipykernel", installed._path.name))
    shutil.copytree(package, tmp_path / "ipykernel", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(told, tmp_path / told.name)
    seen_first(monkeypatch, tmp_path)

    def upgrade(version: str) -> None:
        metadata = tmp_path / told.name / "METADATA"
        words = metadata.read_text(encoding="utf-8")
        metadata.write_text(
            words.replace(f"\nVersion: {installed.version}\n", f"\nVersion: {version}\n"), encoding="utf-8"
        )
        module = tmp_path / "ipykernel" / "_version.py"
        module.write_text(module.read_text(encoding="utf-8") + f"# {version}\n", encoding="utf-8")

    async def check(nest: Nest) -> None:
        first = await nest.templates.of(FIRST)
        assert first is not None
        upgrade(installed.version)
        assert await _newer(nest, FIRST, first) is not None, "the same version, installed anew"
        upgrade("99.0.0")
        kernel = await nest.start()
        while isinstance(nest.process(kernel), Forked):  # files are looked at once a second
            await nest.manager.shutdown_kernel(kernel, now=True)
            kernel = await nest.start()

    nest(check)
    assert "with ipykernel 7.4.0, and this is 99.0.0" in caplog.text


def seen_first(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let kernels and templates find what lies in a folder before what is installed."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH")))))


async def _newer(nest: Nest, notebook: Path, old: object) -> object:
    while (found := await nest.templates.of(notebook)) is old:
        await asyncio.sleep(0.2)
    return found


@pytest.mark.parametrize(
    ("notebook", "why"),
    [("broken", "RuntimeError: secret words"), ("died", "ended with 1"), ("threads", "one thread")],
)
def test_what_cannot_be_warmed_says_why_and_gets_an_ordinary_kernel(
    nest: InNest, caplog: pytest.LogCaptureFixture, notebook: str, why: str
) -> None:
    async def check(nest: Nest) -> None:
        kernel = await nest.start(FIRST.with_name(f"{notebook}.ipynb"))
        assert not isinstance(nest.process(kernel), Forked)
        assert await nest.answers(kernel)
        assert await nest.templates.of(FIRST.with_name(f"{notebook}.ipynb")) is None

    nest(check)
    said = [record.getMessage() for record in caplog.records if record.name == "warm"]
    assert len(said) == 1, "once, not for every page"
    assert f"{notebook}.ipynb is shown by ordinary kernels" in said[0]
    assert why in said[0]
