"""Chance from a seed: one stream of numbers per family, so that a changed parameter moves no other family.

SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): the state is one
64-bit number, so a family's stream can be copied with its state.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from explain.register.compiled import compiled

Stream = NDArray[np.uint64]
"""The state of a stream: an array of one number, changed by every draw."""


@compiled
def bits(stream: Stream) -> np.uint64:
    """Draw 64 random bits."""
    stream[0] += np.uint64(0x9E3779B97F4A7C15)
    z = stream[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.uint64(z ^ (z >> np.uint64(31)))


@compiled
def seed_stream(stream: Stream, seed: int, family: int, purpose: int) -> None:
    """Begin the stream of one family. The life has purpose 0; forward runs have the number of the referral's month."""
    stream[0] = np.uint64(seed)
    stream[0] = bits(stream) ^ np.uint64(family)
    stream[0] = bits(stream) ^ np.uint64(purpose)
    stream[0] = bits(stream)


@compiled
def uniform(stream: Stream) -> float:
    """Draw a number from 0 to 1, 1 excluded."""
    return (bits(stream) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def happens(stream: Stream, probability: float) -> bool:
    """Draw whether something of this probability happens."""
    return uniform(stream) < probability


@compiled
def flag(stream: Stream, probability: float) -> float:
    """Draw 1 with this probability, else 0."""
    return 1.0 if uniform(stream) < probability else 0.0


@compiled
def whole(stream: Stream, lowest: int, highest: int) -> int:
    """Draw a whole number, both ends included."""
    return lowest + int(uniform(stream) * (highest - lowest + 1))


@compiled
def normal(stream: Stream) -> float:
    """Draw from the standard normal distribution (Box and Muller 1958, one of the two numbers)."""
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(stream)))
    return radius * math.cos(2.0 * math.pi * uniform(stream))


@compiled
def exponential(stream: Stream) -> float:
    """Draw from the exponential distribution with mean 1."""
    return -math.log(1.0 - uniform(stream))


@compiled
def pick(stream: Stream, weights: NDArray[np.float64]) -> int:
    """Draw the place of one of ``weights``, each as likely as its share of them."""
    left = uniform(stream) * weights.sum()
    for place in range(weights.size):
        left -= weights[place]
        if left < 0.0:
            return place
    return int(weights.size) - 1
