"""The parameters of the simulated families, from ``parameters.toml``, where each stands with its meaning."""

from __future__ import annotations

import tomllib
from collections import namedtuple
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

TABLES: Final = ("family", "state", "referral", "measure", "placement")
"""The tables that hold one number per key."""


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {f"{table}_{key}": float(value) for table in TABLES for key, value in data[table].items()}
    flat |= {f"age_{key}": np.array(values, dtype=np.float64) for key, values in data["ages"].items()}
    for table in ("reasons", "referrers", "paragraphs"):
        flat |= {f"{table}_{key}": np.array(values, dtype=np.float64) for key, values in data[table].items()}
    return flat


@cache
def _kind(names: tuple[str, ...]) -> Any:
    return namedtuple("Parameters", names)


def parameters(**changes: float) -> Any:
    """Return all parameters as one named tuple, ``<table>_<key>``; compiled functions take it as it is.

    Parameters
    ----------
    **changes
        Other values for some of them, to see what a parameter does.

    Raises
    ------
    ValueError
        If a name is none of the file's.

    Examples
    --------
    >>> parameters().placement_forced, parameters(placement_forced=0.5).placement_forced
    (0.17, 0.5)
    """
    flat = _flat(tomllib.loads(files("explain.register").joinpath("parameters.toml").read_text(encoding="utf-8")))
    unknown = sorted(set(changes) - set(flat))
    if unknown:
        raise ValueError(f"a change must name a parameter of parameters.toml, but {', '.join(unknown)} is none")
    flat |= changes
    return _kind(tuple(flat))(**flat)
