"""Search quality on test collections: nDCG@10, recall@10 and milliseconds a query, for each ranker and both together.

    python -m bench.quality FOLDER... [--json]

A folder holds corpus.jsonl {_id, title, text}, queries.jsonl {_id, text} and qrels.tsv (query-id, corpus-id, score; one
header line), the layout of BEIR (Thakur et al. 2021). Texts go in through `Library.replace`, so Chroma, tantivy and the
catalog are the real ones.
"""

import argparse
import csv
import json
import math
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.embedding import builtin_minilm
from knowledge.ids import content_hash, document_id, passage_id
from knowledge.library import Library
from knowledge.opening import LibraryConfig, open_library
from knowledge.text import detect_language, detect_query_language
from knowledge.types import Document, Language, Locator, Passage, SourceKind

CUTOFF = 10
POOL = 100
RANKERS = ("words", "vectors", "fused")

Judgements = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection in memory."""

    name: str
    corpus: Mapping[str, str]
    queries: Mapping[str, str]
    judgements: Judgements


def read_collection(folder: Path) -> Collection:
    """Return the collection in a folder; queries without a positive judgement are left out."""
    corpus = {
        row["_id"]: "\n".join(filter(None, (row.get("title"), row["text"]))) for row in _lines(folder / "corpus.jsonl")
    }
    judgements: dict[str, dict[str, int]] = {}
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as file:
        for query, text, score in list(csv.reader(file, delimiter="\t"))[1:]:
            if int(score) > 0:
                judgements.setdefault(query, {})[text] = int(score)
    queries = {row["_id"]: row["text"] for row in _lines(folder / "queries.jsonl") if row["_id"] in judgements}
    return Collection(folder.resolve().name, corpus, queries, judgements)


def index(collection: Collection, library: Library) -> dict[str, str]:
    """Put the corpus in, one document a language; returns corpus ids by passage id."""
    by_language: dict[str, list[str]] = {}
    for key, text in collection.corpus.items():
        by_language.setdefault(_language(text), []).append(key)
    names: dict[str, str] = {}
    for language, keys in by_language.items():
        origin = f"bench:{collection.name}:{language}"
        owner = document_id(origin)
        passages, start = [], 0
        for position, key in enumerate(keys):
            text = collection.corpus[key]
            place = Locator(start, start + len(text))
            passages.append(Passage(passage_id(owner, position, text), owner, position, text, place))
            names[passages[-1].id] = key
            start += len(text) + 2
        body = "\n\n".join(collection.corpus[key] for key in keys)
        digest = content_hash(body.encode())
        # Without a title: the collection's name is no part of its texts.
        library.replace(Document(owner, SourceKind.ARTICLE, "", language, origin, digest, digest), body, passages)
    return names


def evaluate(collection: Collection, library: Library, names: Mapping[str, str]) -> dict[str, object]:
    """Return nDCG@10 and recall@10 of each ranker, and the mean milliseconds of a query with its embedding."""
    runs: dict[str, dict[str, list[str]]] = {ranker: {} for ranker in RANKERS}
    default: Language = "nl" if _language(" ".join(list(collection.queries.values())[:50])) == "nl" else "en"
    spent = 0.0
    for key, text in collection.queries.items():
        began = time.perf_counter()
        ranked = library.rank(text, detect_query_language(text, default), POOL)
        spent += time.perf_counter() - began
        for ranker in RANKERS:
            scores: Mapping[str, float] = getattr(ranked, ranker)
            runs[ranker][key] = [names[found] for found in sorted(scores, key=lambda found: (-scores[found], found))]
    result: dict[str, object] = {ranker: _measures(runs[ranker], collection.judgements) for ranker in RANKERS}
    result["ms_per_query"] = round(1000 * spent / max(1, len(collection.queries)), 2)
    return result


def ndcg(ranking: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Return nDCG@10 with linear gain (Jaervelin and Kekaelaeinen 2002), as trec_eval computes it."""
    gained = sum(relevant.get(key, 0) / math.log2(place + 2) for place, key in enumerate(ranking[:CUTOFF]))
    ideal = sorted(relevant.values(), reverse=True)[:CUTOFF]
    return gained / sum(score / math.log2(place + 2) for place, score in enumerate(ideal))


def recall(ranking: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Return the share of the relevant texts among the first ten."""
    return len(set(ranking[:CUTOFF]) & set(relevant)) / len(relevant)


def measure(folder: Path) -> tuple[str, dict[str, object]]:
    """Return the name of a folder's collection and its figures, from a library made for it alone."""
    collection = read_collection(folder)
    with tempfile.TemporaryDirectory() as home:
        library = open_library(LibraryConfig(Path(home)), builtin_minilm())
        try:
            return collection.name, evaluate(collection, library, index(collection, library))
        finally:
            library.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the folders named on the command line and print a table or one JSON object."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    sets: dict[str, dict[str, object]] = {}
    for folder in options.folders:
        print(f"measuring {folder.name} ...", file=sys.stderr)
        name, figures = measure(folder)
        sets[name] = figures
    if options.json:
        print(json.dumps({"sets": sets}))
        return
    print(f"{'set':<24}" + "".join(f"{ranker:>18}" for ranker in RANKERS) + f"{'ms/query':>10}")
    for name, figures in sets.items():
        cells = "".join(f"{_cell(figures[ranker]):>18}" for ranker in RANKERS)
        print(f"{name:<24}{cells}{figures['ms_per_query']:>10}")


def _measures(run: Mapping[str, Sequence[str]], judgements: Judgements) -> dict[str, float]:
    count = max(1, len(run))
    return {
        "ndcg@10": round(sum(ndcg(ranking, judgements[key]) for key, ranking in run.items()) / count, 4),
        "recall@10": round(sum(recall(ranking, judgements[key]) for key, ranking in run.items()) / count, 4),
    }


def _cell(figures: object) -> str:
    values = figures if isinstance(figures, dict) else {}
    return f"{values['ndcg@10']:.3f} / {values['recall@10']:.3f}"


def _language(text: str) -> str:
    found = detect_language(text)
    return "nl" if found == "nl" else "en"


def _lines(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


if __name__ == "__main__":
    main()
