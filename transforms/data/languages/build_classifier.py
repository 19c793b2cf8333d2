"""py3langid's model in, `classifier.npz` out: the same tables in the form in which they are asked.

    python -m transforms.data.languages.build_classifier

py3langid ships its model in LZMA, which takes half a second to unpack, more than all tables of
countries. Here the moves of its automaton are packed beforehand, and of its chances, three of four of
which are what the language gives to any piece of text that it does not know, the others alone are kept.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE
from py3langid.modelio import load_model

from transforms.language_classifier import MODEL, PIECE


def main() -> None:
    """Write `classifier.npz` beside this file."""
    table, priors, labels, moves, rows, features = load_model(MODEL_DIR / MODEL_FILE)
    starts, pieces = packed(np.asarray(moves))
    if len(pieces) > np.iinfo(np.uint16).max + 1:
        raise OverflowError(f"{len(pieces)} different pieces: their numbers need more than 16 bits")
    usual, is_unusual, unusual = split(np.ascontiguousarray(table, np.float16))
    np.savez_compressed(
        Path(str(files("transforms.data.languages"))) / MODEL,
        labels=np.array(labels),
        priors=np.asarray(priors, np.float32),
        usual=usual,
        is_unusual=np.packbits(is_unusual, axis=1),
        unusual=unusual,
        starts=(starts // PIECE).astype(np.uint16),
        pieces=pieces,
        rows=np.asarray(rows, np.uint16),
        features=np.asarray(features, np.int32),
    )


def packed(moves: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Where the pieces of each row begin, and the different pieces one after the other."""
    pieces = np.ascontiguousarray(moves, np.uint32).reshape(-1, PIECE)
    different, which = np.unique(pieces, axis=0, return_inverse=True)
    return which.ravel().astype(np.uint32) * np.uint32(PIECE), different.ravel()


def split(
    table: NDArray[np.float16],
) -> tuple[NDArray[np.float16], NDArray[np.bool_], NDArray[np.float16]]:
    """The commonest value of each column; where others stand, a row a column; and those, one after the other."""
    usual = np.empty(table.shape[1], np.float16)
    for place, column in enumerate(table.T):
        values, counts = np.unique(column, return_counts=True)
        usual[place] = values[counts.argmax()]
    others = usual[:, None] != table.T
    return usual, others, table.T[others]


if __name__ == "__main__":
    main()
