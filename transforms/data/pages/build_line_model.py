"""Labelled pages in, the table `lines.npz` of the model that tells article lines from others out.

    pip install '.[training]'
    python -m transforms.data.pages.build_line_model FOLDER [--check] [--without GROUP,...]

FOLDER holds `gold.jsonl` and `pages/`, see `gold_lines`. The trees are CatBoost's symmetric ones
(Prokhorenkova et al. 2018); one thread and fixed seeds, so that the same pages give the same bytes.
`--check` writes nothing: it fits on four fifths of the sites, measures on the rest, five times, and
prints 4-gram F1 and the share of exact pages by source with the spread over the folds.
Only borders and values ship, no text and no name of FOLDER.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.data.pages.gold_lines import LabelledPage, read_labelled_pages, runs
from transforms.pages.article_lines import choose
from transforms.pages.line_model import LineModel
from transforms.pages.line_wording import TOKEN

TARGET = Path(__file__).resolve().parent / "lines.npz"
FOLDS = 5
TREES = 500
SETTINGS: dict[str, Any] = {
    "iterations": TREES, "depth": 6, "learning_rate": 0.06, "rsm": 0.25, "l2_leaf_reg": 5,
    "border_count": 64, "bootstrap_type": "Bernoulli", "subsample": 0.7, "random_seed": 1,
    "thread_count": 1, "verbose": 0, "allow_writing_files": False,
}  # fmt: skip


class Outcome(NamedTuple):
    """One page: precision and recall of its 4-grams (None where undefined), and is it exact?"""

    source: str
    fold: int
    precision: float | None
    recall: float | None
    exact: bool


def fit(pages: Sequence[LabelledPage], columns: NDArray[np.intp]) -> LineModel:
    """A model fitted to the lines of `pages`, by the named columns alone."""
    from catboost import CatBoostClassifier, Pool

    weights = np.concatenate([page.weights for page in pages])
    table = np.vstack([page.table[page.weights > 0][:, columns] for page in pages])
    labels = np.concatenate([page.labels[page.weights > 0] for page in pages])
    trees = CatBoostClassifier(**SETTINGS)
    trees.fit(Pool(table, labels, weight=weights[weights > 0]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        trees.save_model(str(path), format="json")
        return _line_model(json.loads(path.read_text()), pages[0].names, columns)


def _line_model(
    exported: dict[str, Any], names: tuple[str, ...], columns: NDArray[np.intp]
) -> LineModel:
    """CatBoost's export as arrays; trees that stopped early ask questions that nothing answers."""
    trees = exported["oblivious_trees"]
    depth = int(SETTINGS["depth"])
    features = np.zeros((depth, len(trees)), np.intp)
    borders = np.full((depth, len(trees)), np.inf, np.float32)
    values = np.zeros((len(trees), 2**depth), np.float32)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or []):
            features[level, number] = columns[split["float_feature_index"]]
            borders[level, number] = split["border"]
        values[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, bias = exported["scale_and_bias"]
    return LineModel(names, features, borders, values * np.float32(scale), float(bias[0]))


def save(model: LineModel, path: Path) -> None:
    """Write the table; the columns that no tree asks for are not named in it."""
    used = np.unique(model.columns[np.isfinite(model.borders)])
    place = np.zeros(len(model.names), np.int16)
    place[used] = np.arange(len(used))
    np.savez_compressed(
        path,
        names=np.array("\n".join(model.names[i] for i in used)),
        columns=place[model.columns],
        borders=model.borders,
        values=model.values.astype(np.float16),
        bias=np.float32(model.bias),
    )


def check(pages: Sequence[LabelledPage], columns: NDArray[np.intp]) -> list[Outcome]:
    """Each page judged by a model that saw no page of its site."""
    outcomes = []
    for fold in range(FOLDS):
        model = fit([page for page in pages if _fold(page) != fold], columns)
        for page in pages:
            if page.gold and _fold(page) == fold:
                scores = model.score(page.table)
                kept = choose(page.texts, scores, page.parents).kept & ~page.neutral
                found = [
                    t
                    for text, keep in zip(page.texts, kept, strict=True)
                    if keep
                    for t in TOKEN.findall(text)
                ]
                outcomes.append(_outcome(page, fold, found))
    return outcomes


def _outcome(page: LabelledPage, fold: int, found: list[str]) -> Outcome:
    gold_runs, found_runs = runs(page.gold), runs(found)
    hits = (gold_runs & found_runs).total()
    precision = hits / found_runs.total() if found_runs else None
    return Outcome(page.source, fold, precision, hits / gold_runs.total(), found == page.gold)


def _fold(page: LabelledPage) -> int:
    return int(hashlib.sha256(page.site.encode()).hexdigest(), 16) % FOLDS


def _f1(outcomes: Sequence[Outcome]) -> float:
    """The harmonic mean of mean precision and mean recall."""
    p = fmean([o.precision for o in outcomes if o.precision is not None] or [0.0])
    r = fmean(o.recall for o in outcomes if o.recall is not None)
    return 2 * p * r / (p + r) if p and r else 0.0


def report(outcomes: Sequence[Outcome]) -> None:
    """Print one line a source: F1, its spread over the folds, the share of exact pages."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.source].append(outcome)
    groups["all"] = list(outcomes)
    for source, group in groups.items():
        folds = [[o for o in group if o.fold == fold] for fold in range(FOLDS)]
        spread = pstdev([_f1(fold) for fold in folds if fold])
        exact = fmean(o.exact for o in group)
        print(f"{source:<8}{len(group):>6}  f1 {_f1(group):.4f} ± {spread:.4f}  exact {exact:.3f}")


def main(argv: Sequence[str] | None = None) -> None:
    """Fit and write, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--without", default="", help="groups of features to leave out")
    args = parser.parse_args(argv)
    pages = list(read_labelled_pages(args.folder))
    left_out = {group for group in args.without.split(",") if group}
    columns = np.array([i for i, n in enumerate(pages[0].names) if n.split(".")[0] not in left_out])
    if args.check:
        report(check(pages, columns))
    else:
        save(fit(pages, columns), TARGET)


if __name__ == "__main__":
    main()
