"""Makes what scripts use beside a model: encoders, splits and scores of scikit-learn, Keras's Tokenizer,
draws from probabilities. Writes helpers/*.json."""

import json

import golden
import numpy as np
from keras.src.legacy.preprocessing import text as keras_text
from sklearn import metrics
from sklearn.model_selection import TimeSeriesSplit
from sklearn.preprocessing import LabelEncoder, OneHotEncoder

TEXTS = [
    "The cat sat on the mat.",
    "The dog -- a GOOD dog! -- ate the cat's food;\tthen it\nsat.",
    "Über 3 Füße: naïve café",
    "",
    "a a a the",
]
OTHER_TEXTS = ["The bird ate the dog", "unseen words only", "sat  sat\u00a0sat"]


def encoders():
    labels = ["paris", "tokyo", "paris", "amsterdam", "Tokyo"]
    label = LabelEncoder()
    rows = [["red", "small"], ["blue", "big"], ["red", "middle"]]
    other = [["blue", "small"], ["green", "big"]]
    one_hot = []
    for arguments in [{}, {"drop": "first"}, {"handle_unknown": "ignore"}]:
        encoder = OneHotEncoder(sparse_output=False, **arguments)
        case = {"arguments": arguments, "encoded": golden.array(encoder.fit_transform(rows))}
        if arguments.get("handle_unknown") == "ignore":
            case["other"] = golden.array(encoder.transform(other))
            case["back"] = encoder.inverse_transform(encoder.transform(other)).tolist()
        else:
            case["back"] = encoder.inverse_transform(encoder.transform(rows)).tolist()
        one_hot.append(case)
    return {
        "labels": labels,
        "numbers": label.fit_transform(labels).tolist(),
        "classes": label.classes_.tolist(),
        "rows": rows,
        "other_rows": other,
        "one_hot": one_hot,
    }


def splits():
    cases = []
    for splits_, rows, arguments in [
        (5, 6, {}),
        (3, 17, {}),
        (2, 10, {"gap": 2}),
        (3, 20, {"max_train_size": 4}),
        (3, 20, {"test_size": 2, "gap": 1, "max_train_size": 5}),
    ]:
        folds = TimeSeriesSplit(splits_, **arguments).split(np.zeros(rows))
        cases.append(
            {
                "splits": splits_,
                "rows": rows,
                "arguments": arguments,
                "folds": [{"train": a.tolist(), "test": b.tolist()} for a, b in folds],
            }
        )
    return {"cases": cases}


def scores():
    draw = np.random.RandomState(20)
    regressions = []
    for shape in [(7,), (5, 3), (1,), (4, 1)]:
        y_true = draw.normal(size=shape)
        regressions.append((y_true, y_true + draw.normal(size=shape)))
    regressions.append((np.array([2.0, 2.0, 2.0]), np.array([2.0, 2.0, 2.0])))
    regressions.append((np.array([2.0, 2.0, 2.0]), np.array([1.0, 2.0, 2.0])))
    regressions.append((np.array([0.0, 1.0, -2.0]), np.array([1.0, 1.0, -1.0])))
    found = []
    for y_true, y_pred in regressions:
        case = {"y_true": golden.array(y_true, 17), "y_pred": golden.array(y_pred, 17)}
        for name in [
            "mean_squared_error",
            "root_mean_squared_error",
            "mean_absolute_error",
            "mean_absolute_percentage_error",
        ]:
            case[name] = float(getattr(metrics, name)(y_true, y_pred))
        if len(y_true) > 1:
            case["r2_score"] = float(metrics.r2_score(y_true, y_pred))
        found.append(case)
    classes = []
    for count, rows, names in [
        (2, 9, None),
        (4, 60, ["zero", "one", "a very long name", "three"]),
        (3, 1, None),
        (3, 200, None),
        (12, 300, None),
    ]:
        y_true = draw.randint(0, count, rows)
        y_pred = np.where(draw.rand(rows) < 0.6, y_true, draw.randint(0, count, rows))
        if count == 2:
            y_pred[:] = 1
        case = {
            "y_true": y_true.tolist(),
            "y_pred": y_pred.tolist(),
            "names": names or [],
            "accuracy": float(metrics.accuracy_score(y_true, y_pred)),
            "matrix": golden.array(metrics.confusion_matrix(y_true, y_pred)),
            "report": metrics.classification_report(y_true, y_pred, target_names=names),
        }
        classes.append(case)
    return {"regressions": found, "classes": classes}


def written(tokenizer):
    """Its JSON, with counts of documents sorted: Python's sets have another order each time."""
    whole = json.loads(tokenizer.to_json())
    for name in ["word_docs", "index_docs"]:
        counts = json.loads(whole["config"][name])
        whole["config"][name] = json.dumps(counts, sort_keys=True)
    return json.dumps(whole)


def tokenizers():
    cases = []
    for arguments in [
        {},
        {"num_words": 4},
        {"num_words": 5, "oov_token": "<unk>"},
        {"oov_token": "<unk>", "lower": False},
        {"char_level": True},
        {"char_level": True, "oov_token": "?", "lower": False},
        {"filters": "aeiou", "split": "t"},
        {"split": "--", "filters": "."},
    ]:
        tokenizer = keras_text.Tokenizer(**arguments)
        tokenizer.fit_on_texts(TEXTS)
        sequences = tokenizer.texts_to_sequences(TEXTS + OTHER_TEXTS)
        cases.append(
            {
                "arguments": arguments,
                "word_index": [[w, i] for w, i in tokenizer.word_index.items()],
                "word_counts": [[w, i] for w, i in tokenizer.word_counts.items()],
                "word_docs": sorted([w, i] for w, i in tokenizer.word_docs.items()),
                "sequences": sequences,
                "texts": tokenizer.sequences_to_texts(sequences + [[0, 999]]),
                **{
                    mode: golden.array(tokenizer.texts_to_matrix(TEXTS + OTHER_TEXTS, mode))
                    for mode in ["binary", "count", "freq", "tfidf"]
                },
                "json": written(tokenizer),
            }
        )
    only_sequences = keras_text.Tokenizer(num_words=5)
    only_sequences.fit_on_sequences([[1, 2, 2], [2, 4], [1]])
    return {
        "texts": TEXTS,
        "other_texts": OTHER_TEXTS,
        "words": [keras_text.text_to_word_sequence(text) for text in TEXTS],
        "hashed": [keras_text.hashing_trick(text, 50, "md5") for text in TEXTS],
        "cases": cases,
        "tfidf_of_sequences": golden.array(
            only_sequences.sequences_to_matrix([[1, 2, 2, 7], [4], []], "tfidf")
        ),
    }


def draws():
    draw = np.random.RandomState(21)
    cases = []
    for arguments in [
        {},
        {"temperature": 0.3},
        {"temperature": 2.0},
        {"top_k": 3},
        {"top_p": 0.5},
        {"temperature": 1.5, "top_k": 6, "top_p": 0.8},
        {"top_p": 1e-9},
    ]:
        given = draw.dirichlet(np.ones(9)).astype("float32")
        given[2] = 0
        p = given.astype("float64") ** (1 / arguments.get("temperature", 1.0))
        p /= p.sum()
        order = np.argsort(-p, kind="stable")
        before = np.concatenate([[0], np.cumsum(p[order])[:-1]])
        out = (np.arange(9) >= arguments.get("top_k", 9)) | (before >= arguments.get("top_p", 2))
        p[order[out]] = 0
        p /= p.sum()
        generator = np.random.RandomState(5)
        cases.append(
            {
                "arguments": arguments,
                "probabilities": golden.array(given),
                "seed": 5,
                "drawn": [int(generator.choice(9, p=p)) for _ in range(40)],
            }
        )
    x = np.round(np.random.RandomState(22).normal(size=(2, 3, 4)), 0)
    return {
        "cases": cases,
        "x": golden.array(x),
        "argmax": int(np.argmax(x)),
        "argmax_axis": [np.argmax(x, axis).reshape(-1).tolist() for axis in (0, 1, 2)],
    }


if __name__ == "__main__":
    golden.write("helpers/encoders", encoders())
    golden.write("helpers/splits", splits())
    golden.write("helpers/scores", scores())
    golden.write("helpers/tokenizers", tokenizers())
    golden.write("helpers/draws", draws())
