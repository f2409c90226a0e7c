"""``skoen train``: make Pilot #2's model again from its seed, or another from another."""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Final

from explain.apps.progress import Bar

REFUSED: Final = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = """\
Train Pilot #2's model on a synthetic register, for teaching only, and write pilot2.ubj and pilot2.toml.

With the seed and size that are shipped, the same versions and the same kind of processor, the files are the shipped
ones, bit for bit; elsewhere the hash of the rounded predictions is compared. What came out is said at the end."""
    parser.add_argument("--seed", type=int, metavar="N", help="default: the shipped model's")
    parser.add_argument("--referrals", type=int, metavar="N", help="default: 173044, as published")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder; made if it does not exist")


def run(args: argparse.Namespace) -> int:
    """Train, write both files, compare with the shipped ones, and return the exit code, 0 or 2."""
    from explain.models.training import SEED, full_size, train
    from explain.register.build import build
    from explain.register.whole import make

    seed = SEED if args.seed is None else args.seed
    try:
        with Bar() as bar:
            register = make(seed, args.referrals or full_size(), runs=0, tell=bar.tell)
            bar.tell("model", 0.0)
            trained = train(seed, build(register.registers, register.sample), register.sample)
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "pilot2.ubj").write_bytes(trained.trees)
        (args.out / "pilot2.toml").write_text(trained.facts, encoding="utf-8", newline="\n")
    except (ValueError, OSError) as error:
        print(f"skoen train: {error}", file=sys.stderr)
        return REFUSED
    facts = tomllib.loads(trained.facts)
    held = facts["referrals"] - facts["training_referrals"]
    print(f"{len(trained.trees)} bytes, AUC {facts['auc']:.4f} on {held} referrals")
    print(compared(facts))
    return 0


def compared(facts: dict[str, object]) -> str:
    """Say how a training compares with the shipped model."""
    from explain.models.boosted import pilot2

    try:
        shipped = pilot2().facts
    except FileNotFoundError:
        return "no model is shipped to compare with"
    if (facts["seed"], facts["referrals"]) != (shipped["seed"], shipped["referrals"]):
        return "another seed or size than the shipped model's: nothing to compare"
    if facts["model_sha256"] == shipped["model_sha256"]:
        return "the trees are the shipped ones, bit for bit"
    if facts["predictions_sha256"] == shipped["predictions_sha256"]:
        return "the rounded predictions are the shipped model's; the trees differ in their last bits"
    return "NOT the shipped model: other versions, another processor or changed code"
