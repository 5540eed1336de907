"""Runs scikit-learn on the task in the folder given, on one core, and prints what was measured as JSON."""

import json
import pickle
import resource
import sys
import time
from pathlib import Path

import numpy as np
from sklearn.ensemble import IsolationForest, RandomForestClassifier
from sklearn.metrics import roc_auc_score

folder = Path(sys.argv[1])
task = json.loads((folder / "task.json").read_text())
classes = task["kind"] == "classes"
MOST_TIMES = 25


def read(name):
    rows = np.fromfile(folder / f"{name}.f32", dtype=np.float32).reshape(-1, task["columns"])
    return rows, np.fromfile(folder / f"{name}.u8", dtype=np.uint8)


def train(rows, labels, seed):
    if classes:
        return RandomForestClassifier(task["trees"], random_state=seed).fit(rows, labels)
    return IsolationForest(n_estimators=task["trees"], max_samples=256, random_state=seed).fit(rows)


def score(model, rows):
    return model.predict_proba(rows)[:, 1] if classes else -model.score_samples(rows)


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def again(budget_ms, work):
    end = time.process_time() + budget_ms / 1000
    for i in range(MOST_TIMES):
        if i > 0 and time.process_time() >= end:
            break
        yield work()


def timed(work):
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu), result


rows, labels = read(f"{task['sets'][0]}-train")
test, truth = read(f"{task['sets'][0]}-test")
before = peak_mb()
first = timed(lambda: train(rows, labels, 1))
added = peak_mb() - before
model = first[2]
runs = [first, *again(task["budgetMs"] - first[1], lambda: timed(lambda: train(rows, labels, 1)))]
batches = list(again(task["budgetMs"] / 2, lambda: timed(lambda: score(model, test))[1]))
singles = list(again(task["budgetMs"] / 2, lambda: timed(lambda: [score(model, test[i : i + 1]) for i in range(5)])[1]))

aucs, accuracies = [], []
for i, name in enumerate(task["sets"]):
    one = train(*read(f"{name}-train"), i + 1)
    some, expected = read(f"{name}-test")
    said = score(one, some)
    aucs.append(roc_auc_score(expected, said))
    accuracies.append(float(((said > 0.5) == expected).mean()))

print(
    json.dumps(
        {
            "trainMs": min(run[0] for run in runs),
            "trainCpuMs": min(run[1] for run in runs),
            "usPerRowBatch": 1000 * min(batches) / len(test),
            "usPerRowSingle": 1000 * min(singles) / 5,
            "peakMb": added,
            "savedMb": len(pickle.dumps(model)) / 1e6,
            "auc": float(np.mean(aucs)),
            "accuracy": float(np.mean(accuracies)) if classes else None,
        }
    )
)
