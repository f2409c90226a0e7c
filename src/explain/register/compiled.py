"""Functions compiled to machine code by numba, so that a register takes a minute and not a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba
from numba.extending import register_jitable

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Return ``function``, compiled when it is first called.

    Nothing is cached on disk: numba's cache does not notice that a function called from another module has changed.
    ``fastmath`` stays off and each function adds up in one order, so that a seed gives the same register every time.

    Examples
    --------
    >>> compiled(lambda x: x + 1)(2)
    3
    """
    return cast(Function, numba.njit(nogil=True)(function))


def either_way(function: Function) -> Function:
    """Return ``function`` as it is; a compiled function that calls it calls it compiled.

    So one definition serves a register of many and a single case, which should not wait for a compiler.
    """
    return register_jitable(function)
