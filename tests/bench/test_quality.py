import json
import math

import pytest

from bench import quality


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "tiny"
    made.mkdir()
    corpus = [
        {"_id": "d1", "title": "Price", "text": "Ask what the price is compared with."},
        {"_id": "d2", "title": "", "text": "Bananas are yellow and grow in warm countries."},
        {"_id": "d3", "title": "", "text": "Bananas are yellow and grow in warm countries."},
    ]
    queries = [{"_id": "q1", "text": "which price comparison?"}, {"_id": "q2", "text": "not judged"}]
    (made / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    (made / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    (made / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t0\n")
    return made


def test_ndcg_equals_a_sum_by_hand():
    ranking, relevant = ["x", "a", "b"], {"a": 2, "b": 1}

    by_hand = (2 / math.log2(3) + 1 / math.log2(4)) / (2 / math.log2(2) + 1 / math.log2(3))
    assert quality.ndcg(ranking, relevant) == pytest.approx(by_hand)


def test_recall_looks_at_ten():
    assert quality.recall([str(n) for n in range(20)], {"3": 1, "15": 1}) == 0.5


def test_a_folder_is_measured_and_printed_as_one_object(folder, capsys):
    quality.main([str(folder), "--json"])

    figures = json.loads(capsys.readouterr().out)["sets"]["tiny"]
    assert figures["fused"] == {"ndcg@10": 1.0, "recall@10": 1.0}
    assert set(figures) == {"words", "vectors", "fused", "ms_per_query"}


def test_a_table_is_printed_without_json(folder, capsys):
    quality.main([str(folder)])

    assert "tiny" in capsys.readouterr().out
