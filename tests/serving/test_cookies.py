"""The secret of the cookies is made once and seen by its owner alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from explain.serving.cookies import VisitorCookie, cookie_secret


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    assert cookie_secret(tmp_path) == cookie_secret(tmp_path)
    assert len(cookie_secret(tmp_path)) == 32


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps who may read a file elsewhere")
def test_the_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    cookie_secret(tmp_path)
    assert (tmp_path / "cookie_secret").stat().st_mode & 0o777 == 0o600


def test_a_broken_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cookie_secret").write_bytes(b"short")
    with pytest.raises(ValueError, match="must hold 32 bytes and holds 5"):
        cookie_secret(tmp_path)


def test_two_installations_on_one_machine_keep_their_visitors_apart() -> None:
    assert (
        VisitorCookie.signed_with(b"a" * 32, "/").cookie.name != VisitorCookie.signed_with(b"b" * 32, "/").cookie.name
    )
