"""The front end's files, compressed once and handed out from memory.

Every file has two addresses: its plain one, never kept by a browser, and one below ``static/<version>/``, where the
version names the content of all files together: what is there never changes, so a browser may keep it for good.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

_TEXTS: Final = (".css", ".html", ".js", ".json", ".map", ".svg", ".txt")
"""What gets smaller; fonts and pictures are compressed already."""


@dataclass(frozen=True)
class File:
    """One file, or several of a kind put together to one, in their order; ``apart`` puts each script in a function."""

    paths: tuple[Path, ...]
    apart: bool = False

    @cached_property
    def plain(self) -> bytes:
        """Its content, read once."""
        parts = [path.read_bytes() for path in self.paths]
        return b"\n".join(b"(() => {%b\n})();" % part for part in parts) if self.apart else b"\n".join(parts)

    @cached_property
    def compressed(self) -> bytes | None:
        """Its content in gzip's form, or nothing if that is no smaller."""
        if self.paths[0].suffix not in _TEXTS:
            return None
        packed = gzip.compress(self.plain, 9, mtime=0)
        return packed if len(packed) < len(self.plain) else None

    @property
    def kind(self) -> str:
        """What a browser is told it is."""
        first = self.paths[0]
        kind = {".js": "text/javascript"}.get(first.suffix) or mimetypes.guess_type(first.name)[0]
        return f"{kind}; charset=utf-8" if kind and kind.startswith("text/") else kind or "application/octet-stream"


class Files:
    """All files that are handed out, by address.

    Parameters
    ----------
    folders
        For the beginning of an address, the folders whose files are found there; the first folder that has a file wins.
    joined
        For further addresses, the files that are put together there.
    pieces
        For further addresses, the scripts among those found that are put together there, each in a function of its own;
        what is not found is left out.
    """

    def __init__(
        self,
        folders: Mapping[str, Sequence[str]],
        joined: Mapping[str, tuple[Path, ...]] = MappingProxyType({}),
        pieces: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._found: dict[str, File] = {}
        for beginning, places in folders.items():
            for place in reversed([Path(place) for place in places]):
                for path in sorted(place.rglob("*")):
                    if path.is_file():
                        self._found[f"{beginning}/{path.relative_to(place).as_posix()}"] = File((path,))
        self._found |= {address: File(paths) for address, paths in joined.items()}
        for address, names in pieces.items():
            there = [self._found[name].paths[0] for name in names if name in self._found]
            if there:
                self._found[address] = File(tuple(there), apart=True)

    @cached_property
    def version(self) -> str:
        """Twelve characters that name the content of all files together."""
        digest = hashlib.blake2b(digest_size=6)
        for address, file in sorted(self._found.items()):
            digest.update(address.encode() + b"\0" + hashlib.blake2b(file.plain).digest())
        return digest.hexdigest()

    def get(self, address: str) -> File | None:
        """Return the file at an address, or nothing. Only files that were there at the start are found."""
        return self._found.get(address)
