"""Compares the golden files of one script with those that it has just made elsewhere.

Usage: compare.py NAME FOLDER. Numbers may differ by 1e-5 of their array's largest, as processors
round differently, weights after ten steps by more, and a gradient that is rounding alone by 1e-5 of the largest of its layer;
everything else must be the same. HDF5 files are compared by what they hold. If
GOLDEN_SHARE is set (see check.sh), cases of layers and of functional may be missing from what was
made anew.
"""

import gzip
import json
import os
import pathlib
import sys
import zipfile

import h5py
import numpy as np

TOLERANCE = 1e-5

# Weights that ten steps of Adam have moved, each of which divides by a gradient that may be next to
# nothing: as FunctionalModelsTest has it.
AFTER_TEN_STEPS = 1e-3

# Lists of a layer's gradients, and how small one is that is zero but for rounding.
GRADIENTS = ("dw", "states_dw")
ROUNDING = 1e-6

# Scripts that write a file for each case, and draw some of them if GOLDEN_SHARE is set.
SAMPLED = ("functional",)


def differences(kept, made, place, others=0.0, tolerance=TOLERANCE):
    """Where two JSON values differ, as a list of messages; others is the largest number of those
    that an array is judged with, tolerance how far numbers may be apart."""
    if isinstance(kept, dict) and isinstance(made, dict):
        if set(kept) != set(made):
            return [f"{place}: keys {sorted(set(kept) ^ set(made))} on one side only"]
        found = []
        for key in kept:
            largest = _largest(kept[key]) if key in GRADIENTS else others
            wide = AFTER_TEN_STEPS if key == "trained" else tolerance
            found += differences(kept[key], made[key], f"{place}.{key}", largest, wide)
        return found
    if isinstance(kept, list) and isinstance(made, list):
        if len(kept) != len(made):
            return [f"{place}: {len(kept)} values, made anew {len(made)}"]
        if kept and all(_is_number(value) for value in kept + made):
            return _numbers(kept, made, place, others, tolerance)
        return [
            d
            for i, (a, b) in enumerate(zip(kept, made))
            for d in differences(a, b, f"{place}[{i}]", others, tolerance)
        ]
    if _is_number(kept) and _is_number(made):
        return _numbers([kept], [made], place, others, tolerance)
    return [] if kept == made else [f"{place}: {kept!r}, made anew {made!r}"]


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _largest(gradients):
    """The largest number in a list of arrays."""
    numbers = [abs(n) for each in gradients for n in each.get("data", []) if _is_number(n)]
    return max(numbers, default=0.0)


def _numbers(kept, made, place, others, tolerance):
    a = np.asarray(kept, dtype="float64")
    b = np.asarray(made, dtype="float64")
    finite = a[np.isfinite(a)]
    scale = np.max(np.abs(finite)) if finite.size else 0.0
    scale = others if scale < ROUNDING * others else scale
    if np.allclose(a, b, rtol=tolerance, atol=tolerance * scale, equal_nan=True):
        return []
    worst = int(np.nanargmax(np.abs(a - b)))
    return [f"{place}: {a[worst]!r} at {worst}, made anew {b[worst]!r}"]


def hdf5(path):
    """The content of an HDF5 file as JSON values. Links are not followed."""
    content = {}

    def visit(place, node):
        content[place + "@"] = {key: str(value) for key, value in node.attrs.items()}
        if isinstance(node, h5py.Dataset):
            content[place] = {"shape": list(node.shape), "type": str(node.dtype)}
            if node.id.get_storage_size() > 0:
                values = node[()]
                text = isinstance(values, bytes)
                content[place]["data"] = values.decode() if text else values.reshape(-1).tolist()

    with h5py.File(path) as file:
        visit("/", file)
        file.visititems(visit)
    return content


def arrays(path):
    """The arrays of an .npz file as JSON values; how they are packed differs with zlib. Objects
    are the bytes of their pickle."""
    content = {}
    with np.load(path) as file, zipfile.ZipFile(path) as entries:
        for name in file.files:
            try:
                array = file[name]
                content[name] = {
                    "shape": list(array.shape),
                    "type": array.dtype.str,
                    "data": array.reshape(-1).tolist(),
                }
            except ValueError:
                content[name] = entries.read(name + ".npy").hex()
    return content


def main(name, folder):
    """Compares NAME.json or the files of the folder NAME; says how many, or what differs."""
    here = pathlib.Path(__file__).parent
    there = pathlib.Path(folder)
    found = []
    kept = sorted(p.relative_to(here) for p in (here / name).rglob("*") if p.is_file())
    made = sorted(p.relative_to(there) for p in (there / name).rglob("*") if p.is_file())
    if not made:
        found.append(f"{name}: the script made no file")
    if name in SAMPLED and "GOLDEN_SHARE" in os.environ:
        kept = [path for path in kept if path in made]
    for path in sorted(set(kept) ^ set(made)):
        found.append(f"{path}: only {'kept here' if path in kept else 'made anew'}")
    for path in sorted(set(kept) & set(made)):
        if path.suffix == ".h5":
            found += differences(hdf5(here / path), hdf5(there / path), str(path))
            continue
        if path.suffix == ".keras":
            continue  # It has the time of its writing; the numbers beside it say whether it differs.
        a = (here / path).read_bytes()
        b = (there / path).read_bytes()
        if path.suffix == ".npz":
            found += differences(arrays(here / path), arrays(there / path), str(path))
        elif path.suffix == ".json":
            kept_json, made_json = json.loads(a), json.loads(b)
            if name == "layers" and "GOLDEN_SHARE" in os.environ:
                drawn = made_json["cases"]
                kept_json["cases"] = {k: v for k, v in kept_json["cases"].items() if k in drawn}
            found += differences(kept_json, made_json, str(path))
        elif path.suffix == ".gz":
            if gzip.decompress(a) != gzip.decompress(b):
                found.append(f"{path}: another content")
        elif a != b:
            found.append(f"{path}: another content")
    for line in found[:20]:
        print(line)
    if not found:
        print(f"{name}: {len(made)} files agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
