"""py3langid's model in, `classifier.arrow` out: the same tables in the form in which they are asked.

    python -m transforms.data.languages.build_classifier

py3langid ships its model in LZMA, which takes half a second to unpack, more than all tables of
countries. Here the moves of its automaton are packed beforehand.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE
from py3langid.modelio import load_model

from transforms.language_classifier import MODEL, PIECE
from transforms.packed_arrays import as_array, write_arrays


def main() -> None:
    """Write `classifier.arrow` beside this file."""
    table, priors, labels, moves, rows, features = load_model(MODEL_DIR / MODEL_FILE)
    starts, pieces = packed(np.asarray(moves))
    different = len(pieces) // PIECE
    if different > np.iinfo(np.uint16).max + 1:
        raise OverflowError(f"{different} different pieces: their numbers need more than 16 bits")
    arrays: dict[str, NDArray[Any]] = {
        "labels": as_array(" ".join(labels)),
        "priors": np.asarray(priors, np.float32),
        "chances": np.asarray(table, np.float16),
        "starts": (starts // PIECE).astype(np.uint16),
        "pieces": pieces,
        "rows": np.asarray(rows, np.uint16),
        "features": np.asarray(features, np.int32),
    }
    write_arrays(Path(str(files("transforms.data.languages"))) / MODEL, arrays)


def packed(moves: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Where the pieces of each row begin, and the different pieces one after the other."""
    pieces = np.ascontiguousarray(moves, np.uint32).reshape(-1, PIECE)
    different, which = np.unique(pieces, axis=0, return_inverse=True)
    return which.ravel().astype(np.uint32) * np.uint32(PIECE), different.ravel()


if __name__ == "__main__":
    main()
