"""Files put together: widgets' scripts as they are, pieces of the front end each in a function of its own."""

from __future__ import annotations

import gzip
from pathlib import Path

from explain.serving.files import Files


def files(folder: Path) -> Files:
    for name, text in (("a.js", "let x = 1"), ("b.js", "let y = x"), ("c.css", "p {}")):
        (folder / name).write_text(text, encoding="utf-8")
    folders = {"assets": [str(folder)]}
    return Files(folders, {"both.js": (folder / "a.js", folder / "b.js")}, {"all.js": ["assets/a.js", "assets/no.js"]})


def test_joined_files_are_one_script(tmp_path: Path) -> None:
    both = files(tmp_path).get("both.js")
    assert both is not None
    assert both.plain == b"let x = 1\nlet y = x"
    assert both.kind == "text/javascript; charset=utf-8"
    assert both.compressed is None or gzip.decompress(both.compressed) == both.plain


def test_pieces_share_no_names_and_one_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    pieces = files(tmp_path).get("all.js")
    assert pieces is not None
    assert pieces.plain == b"(() => {let x = 1\n})();"


def test_the_version_names_what_is_joined_too(tmp_path: Path) -> None:
    before = files(tmp_path).version
    assert files(tmp_path).version == before
    other = Files({"assets": [str(tmp_path)]}, {"both.js": (tmp_path / "b.js", tmp_path / "a.js")})
    assert other.version != before
