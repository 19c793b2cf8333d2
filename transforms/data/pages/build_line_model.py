"""Labelled pages in, the table `lines.arrow` of the models that tell article lines from others out.

    pip install '.[training]'
    python -m transforms.data.pages.build_line_model FOLDER [--check] [--without GROUP,...]
    python -m transforms.data.pages.build_line_model FOLDER --ablation

FOLDER holds `gold.jsonl` and `pages/`, see `gold_lines`. The trees are CatBoost's symmetric ones
(Prokhorenkova et al. 2018); one thread and fixed seeds, so that the same pages give the same bytes, those that
ship: `benchmarks/extraction.md` says how that is seen.
`line_scores` says what the three models are. The second learns from the lines that the gate leaves
open, the third from scores of the second; both scores are those of models that have not seen the page's
site (stacking, Wolpert 1992). `--check` writes nothing: it fits everything on four fifths of the sites,
measures on the rest, five times, and prints 4-gram F1 and the share of exact pages by source with the
spread over the folds. `--ablation` fits the second model without each group of features in turn, to half of the
sites and with a third of the trees, and measures on the others without the third model. Only borders and values ship, no text and no name of FOLDER.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.data.pages.gold_lines import LabelledPage, read_labelled_pages, runs
from transforms.packed_arrays import write_arrays
from transforms.pages.article_lines import choose
from transforms.pages.line_model import LineModel, Numbers, write_line_model
from transforms.pages.line_scores import LineModels, context_table
from transforms.pages.line_table import Table
from transforms.pages.line_wording import TOKEN

TARGET = Path(__file__).resolve().parent / "lines.arrow"
FOLDS = 5
INNER_FOLDS = 3  # of the sites that a model is fitted to
OPEN = 0.01  # score of the gate: the judge learns from more lines than it is asked about later
COMMON: dict[str, Any] = {
    "border_count": 64, "bootstrap_type": "Bernoulli", "subsample": 0.7, "random_seed": 1,
    "thread_count": 1, "verbose": 0, "allow_writing_files": False, "l2_leaf_reg": 5,
}  # fmt: skip
GATE_TREES = {"iterations": 80, "depth": 6, "learning_rate": 0.15, "rsm": 0.25}
JUDGE_TREES = {"iterations": 500, "depth": 6, "learning_rate": 0.06, "rsm": 0.25}
CONTEXT_TREES = {"iterations": 300, "depth": 6, "learning_rate": 0.05, "rsm": 0.3}

Scores = list[Numbers]  # one array a page
Fit = Callable[[Sequence[LabelledPage]], LineModel]


class Outcome(NamedTuple):
    """One page: precision and recall of its 4-grams (None where undefined), and is it exact?"""

    source: str
    fold: int
    precision: float | None
    recall: float | None
    exact: bool


def fit(pages: Sequence[LabelledPage], columns: NDArray[np.intp]) -> LineModels:
    """The three models fitted to `pages`, the first two by the named columns alone."""
    gates = _unseen(pages, lambda part: _fit_gate(part, columns), _gate_scores)
    gate_of = {id(page): scores for page, scores in zip(pages, gates, strict=True)}

    def fit_judge(part: Sequence[LabelledPage]) -> LineModel:
        is_open = [gate_of[id(page)] > OPEN for page in part]
        return _fit_trees(part, [page.whole for page in part], is_open, columns, JUDGE_TREES)

    first = _unseen(pages, fit_judge, lambda m, p: _judged(m, p, gate_of[id(p)]))
    around = [context_table(p.found, scores) for p, scores in zip(pages, first, strict=True)]
    is_open = [scores > OPEN for scores in gates]
    every = np.arange(len(around[0].names))
    context = _fit_trees(pages, around, is_open, every, CONTEXT_TREES)
    return LineModels(_fit_gate(pages, columns), fit_judge(pages), context)


def _fit_gate(pages: Sequence[LabelledPage], columns: NDArray[np.intp]) -> LineModel:
    """The gate knows no columns but those that are known of all lines; they come first."""
    known = columns[columns < len(pages[0].found.features.names)]
    everything = [np.ones(len(page.weights), bool) for page in pages]
    features = [page.found.features for page in pages]
    return _fit_trees(pages, features, everything, known, GATE_TREES)


def _gate_scores(gate: LineModel, page: LabelledPage) -> Numbers:
    return gate.score(page.found.features.rows)


def _judged(judge: LineModel, page: LabelledPage, gate: Numbers) -> Numbers:
    """The scores of a page: those of `judge` for the lines that the gate left open."""
    is_open = gate > OPEN
    scores = np.minimum(gate, np.float32(OPEN))
    scores[is_open] = judge.score(page.whole.rows[is_open])
    return scores


def _unseen(
    pages: Sequence[LabelledPage], fit_to: Fit, score: Callable[[LineModel, LabelledPage], Numbers]
) -> Scores:
    """The scores of each page by a model that was fitted to pages of other sites."""
    folds = [_fold(page, INNER_FOLDS, "inner ") for page in pages]
    models = [
        fit_to([page for page, own in zip(pages, folds, strict=True) if own != fold])
        for fold in range(INNER_FOLDS)
    ]
    return [score(models[own], page) for page, own in zip(pages, folds, strict=True)]


def _fit_trees(
    pages: Sequence[LabelledPage],
    tables: Sequence[Table],
    is_open: Sequence[NDArray[np.bool_]],
    columns: NDArray[np.intp],
    settings: dict[str, Any],
) -> LineModel:
    """Trees fitted to the open lines of `pages` whose label is known."""
    from catboost import CatBoostClassifier, Pool

    used = [(page.weights > 0) & lines for page, lines in zip(pages, is_open, strict=True)]
    table = np.vstack([t.rows[lines][:, columns] for t, lines in zip(tables, used, strict=True)])
    labels, weights = (
        np.concatenate([c[lines] for c, lines in zip(values, used, strict=True)])
        for values in ([page.labels for page in pages], [page.weights for page in pages])
    )
    trees = CatBoostClassifier(**COMMON, **settings)
    trees.fit(Pool(table, labels, weight=weights))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        trees.save_model(str(path), format="json")
        return _line_model(json.loads(path.read_text()), tables[0].names, columns)


def _line_model(
    exported: dict[str, Any], names: tuple[str, ...], columns: NDArray[np.intp]
) -> LineModel:
    """CatBoost's export as arrays; trees that stopped early ask questions that nothing answers."""
    trees = exported["oblivious_trees"]
    depth = max(len(tree["splits"] or []) for tree in trees)
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


def save(models: LineModels, path: Path) -> None:
    """Write the table; columns that no tree asks for are not named in it."""
    arrays: dict[str, NDArray[Any]] = {}
    for part, model in models._asdict().items():
        arrays |= write_line_model(model, part, _used(model))
    write_arrays(path, arrays)


def _used(model: LineModel) -> NDArray[np.intp]:
    return np.unique(model.columns[np.isfinite(model.borders)])


def check(pages: Sequence[LabelledPage], columns: NDArray[np.intp]) -> list[Outcome]:
    """Each page judged by models that saw no page of its site."""
    outcomes = []
    for fold in range(FOLDS):
        models = fit([page for page in pages if _fold(page, FOLDS) != fold], columns)
        for page in pages:
            if page.gold and _fold(page, FOLDS) == fold:
                scores = models.score(page.found)
                outcomes.append(_outcome(page, fold, _tokens_kept(page, scores)))
    return outcomes


def _tokens_kept(page: LabelledPage, scores: Numbers) -> list[str]:
    kept = choose(page.found, scores).kept & ~page.neutral
    return [
        token
        for text, keep in zip(page.found.texts, kept, strict=True)
        if keep
        for token in TOKEN.findall(text)
    ]


def _outcome(page: LabelledPage, fold: int, found: list[str]) -> Outcome:
    gold_runs, found_runs = runs(page.gold), runs(found)
    hits = (gold_runs & found_runs).total()
    precision = hits / found_runs.total() if found_runs else None
    return Outcome(page.source, fold, precision, hits / gold_runs.total(), found == page.gold)


def _fold(page: LabelledPage, folds: int, salt: str = "") -> int:
    return int(hashlib.sha256((salt + page.site).encode()).hexdigest(), 16) % folds


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


def ablation(pages: Sequence[LabelledPage]) -> None:
    """Print one row for all features and one without each group of them: F1 by source, exact pages."""
    known, told = ([page for page in pages if _fold(page, 2) == half] for half in (0, 1))
    names, tables = pages[0].whole.names, [page.whole for page in known]
    gate = _fit_gate(known, _columns(names, set()))
    is_open = [_gate_scores(gate, page) > OPEN for page in known]
    gates = [_gate_scores(gate, page) for page in told]
    trees = {**JUDGE_TREES, "iterations": JUDGE_TREES["iterations"] // 3}
    print(
        " | ".join(["", *dict.fromkeys(page.source for page in told if page.gold), "all", "exact"])
    )
    for left_out in ["", *sorted({name.split(".")[0] for name in names})]:
        judge = _fit_trees(known, tables, is_open, _columns(names, {left_out}), trees)
        outcomes = [
            _outcome(page, 0, _tokens_kept(page, _judged(judge, page, quick)))
            for page, quick in zip(told, gates, strict=True)
            if page.gold
        ]
        cells = [f"without {left_out}" if left_out else "all features"]
        for source in (*dict.fromkeys(o.source for o in outcomes), ""):
            cells.append(f"{_f1([o for o in outcomes if source in ('', o.source)]):.4f}")
        print(" | ".join([*cells, f"{fmean(o.exact for o in outcomes):.3f}"]), flush=True)


def _columns(names: Sequence[str], left_out: set[str]) -> NDArray[np.intp]:
    return np.array([i for i, name in enumerate(names) if name.split(".")[0] not in left_out])


def main(argv: Sequence[str] | None = None) -> None:
    """Fit and write, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--without", default="", help="groups of features to leave out")
    args = parser.parse_args(argv)
    pages = list(read_labelled_pages(args.folder))
    columns = _columns(pages[0].whole.names, set(args.without.split(",")))
    if args.ablation:
        ablation(pages)
    elif args.check:
        report(check(pages, columns))
    else:
        save(fit(pages, columns), TARGET)


if __name__ == "__main__":
    main()
