"""Fits the weights of knowledge.evidence and shows how its threshold separates.

    SALESCOACH_HOME=FOLDER python -m bench.evidence --other FOLDER... [--answerable FILE.jsonl...]

The library in SALESCOACH_HOME should hold the starter texts and a book or two. Answerable are the coaching questions of
the starter library and the questions in FILE.jsonl (lines with `question` and `lang`); the queries in each FOLDER
(queries.jsonl, the layout of BEIR) are about something else.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from assistant.settings import Settings
from knowledge.embedding import builtin_minilm
from knowledge.evidence import EvidenceThreshold
from knowledge.library import Library
from knowledge.opening import LibraryConfig, open_library
from knowledge.text import detect_query_language

_ROUNDS = 100
_RIDGE = 1e-3

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its language, and whether the library answers it."""

    text: str
    language: str
    is_answerable: bool


def starter_examples() -> list[Example]:
    """Return the coaching questions of the starter library."""
    text = (resources.files("knowledge") / "starter" / "questions.yaml").read_text(encoding="utf-8")
    return [
        Example(entry[language], language, is_answerable=True)
        for entries in yaml.safe_load(text).values()
        for entry in entries
        for language in ("nl", "en")
    ]


def fit(signs: Matrix, answers: Matrix) -> Matrix:
    """Return constant and weights of a logistic regression by Newton's method, both classes weighing the same."""
    columns = np.c_[np.ones(len(signs)), signs]
    weight = np.where(answers == 1, 1 / max(1.0, answers.sum()), 1 / max(1.0, (1 - answers).sum())) * len(answers)
    fitted = np.zeros(columns.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-columns @ fitted))
        slope = columns.T @ (weight * (chance - answers)) + _RIDGE * fitted
        curve = (columns * (weight * chance * (1 - chance))[:, None]).T @ columns + _RIDGE * np.eye(len(fitted))
        fitted = fitted - np.linalg.solve(curve, slope)
    return np.asarray(fitted)


def measure(examples: Iterable[Example], library: Library) -> None:
    """Print, for each language, fitted weights and the share of questions that pass each threshold."""
    limits = EvidenceThreshold()
    for language in ("nl", "en"):
        chosen = [example for example in examples if example.language == language]
        seen = [library.evidence_signs(example.text, language) for example in chosen]
        signs = np.array([[sign.coverage, sign.cosine, sign.length] for sign in seen])
        answers = np.array([float(example.is_answerable) for example in chosen])
        print(f"{language}: constant, coverage, cosine, length = {np.round(fit(signs, answers), 2).tolist()}")
        scores = np.array([library.search(example.text, language=language).best_score for example in chosen])
        for name, limit in (("weak", limits.weak), ("strong", limits.strong)):
            kept, let_in = (scores[answers == side] >= limit for side in (1, 0))
            print(f"  at least {name} ({limit}): answerable {kept.mean():.3f}, other subjects {let_in.mean():.3f}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the questions named on the command line and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.evidence")
    parser.add_argument("--other", nargs="+", type=Path, required=True)
    parser.add_argument("--answerable", nargs="*", type=Path, default=[])
    options = parser.parse_args(arguments)
    examples = starter_examples()
    for file in options.answerable:
        examples += [Example(row["question"], row["lang"], is_answerable=True) for row in _lines(file)]
    for folder in options.other:
        texts = [row["text"] for row in _lines(folder / "queries.jsonl")]
        examples += [Example(text, detect_query_language(text, "en"), is_answerable=False) for text in texts]
    library = open_library(LibraryConfig(Settings().home), builtin_minilm())
    try:
        measure(examples, library)
    finally:
        library.close()


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
