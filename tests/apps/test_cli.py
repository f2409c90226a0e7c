"""The command line: every command is there, and asking for help loads nothing large."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from explain.apps.cli import COMMANDS, main
from explain.casebook.files import set_folders, shipped


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_arguments_and_its_run(name: str) -> None:
    module = import_module(COMMANDS[name].module)
    assert callable(module.add_arguments)
    assert callable(module.run)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert f"skoen {name}" in capsys.readouterr().out


def test_the_commands_about_cases_run_on_the_shipped_sets(capfd: pytest.CaptureFixture[str]) -> None:
    folders = set_folders(shipped())
    assert folders
    for folder in folders:
        assert main(["check-cases", str(folder)]) == 0
        assert main(["score", str(folder)]) == 0
    assert "teaching_only" in capfd.readouterr().out


def test_help_and_version_load_no_large_library() -> None:
    for word in ("--help", "--version"):
        script = (
            "import contextlib, sys; from explain.apps.cli import main\n"
            f"with contextlib.suppress(SystemExit): main([{word!r}])\n"
            "large = {'numpy', 'pandas', 'pydantic', 'shap', 'voila', 'tornado', 'sqlalchemy', 'plotly'}\n"
            "sys.exit(', '.join(large & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert done.stderr.strip() == ""
        assert "skoen" in done.stdout


@pytest.mark.parametrize("words", [[], ["nothing"], ["score"]])
def test_words_that_make_no_command_are_refused_with_code_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage: skoen" in capsys.readouterr().err
