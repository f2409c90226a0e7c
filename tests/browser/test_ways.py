"""The same pages in both ways of starting a kernel: what stands in a browser does not tell which it was."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("options", [[], ["--stock"]], ids=["forked", "stock"])
def test_a_case_is_worked_through_and_a_lost_kernel_made_up_for(visit, serve, options: list[str]) -> None:
    with serve(*options) as served, visit(to=served) as anna:
        anna.arrive()
        anna.introduce()
        anna.walk_case(1, 7, 6, words="Skolen")
        anna.close_case("Hør barnet.")
        anna.at_gate(2)
        anna.kill_kernel()
        anna.resume()
        anna.at_gate(2)
        assert served.log.read_text() == ""
