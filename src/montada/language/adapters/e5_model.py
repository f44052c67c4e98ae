"""
The model file that onnxruntime reads: made once on this machine, checked, and kept.

Eight bits a weight need a quarter of the memory and a fifth of the time of the engine
that comes with the weights. Where the processor's eight-bit products would overflow
(before AVX-512 VNNI), the check after making notices and a bit is given up.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from montada.language.adapters.e5_weights import Weights, unpacked, weights_file

VERSION = "e5-small-int8-1"
"""Names weights, arithmetic and this conversion; a change makes other vectors."""

NETWORK, TABLE, TOKENIZER, SETTINGS, RECORD = (
    "network.onnx",
    "pieces.npy",
    "tokenizer.model",
    "settings.json",
    "record.json",
)
_FILES = (NETWORK, TABLE, TOKENIZER, SETTINGS)

LEAST_COSINE = 0.99
"""Between eight bits and float32, in each of the check's windows."""

_CHECK = np.random.default_rng(1).integers(1_000, 60_000, (4, 24))
"""Windows of pieces of words, whatever they say."""


class ModelUnfit(RuntimeError):
    """The model computes something else on this processor than it should."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What turning text into numbers needs beside the tokenizer."""

    letters: dict[int, str]
    begin: int
    end: int
    positions: int


def is_prepared(folder: Path) -> bool:
    """Return whether the model lies in `folder` as it was made."""
    home = folder / VERSION
    try:
        record = json.loads((home / RECORD).read_text(encoding="utf-8"))
        return all(record["sha256"][name] == _sha256(home / name) for name in _FILES)
    except (OSError, ValueError, KeyError):
        return False


def prepared(folder: Path) -> Path:
    """
    Return where the model lies, made first if need be: about ten seconds, once.

    Several processes may ask at once: one makes it, the others wait.

    Raises
    ------
    WeightsMissing, ModelUnfit, OSError, ImportError
    """
    home = folder / VERSION
    if is_prepared(folder):
        return home
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / f"{VERSION}.lock"):
        if not is_prepared(folder):
            # In a process of its own: making takes memory that this one would keep.
            subprocess.run([sys.executable, "-m", __name__, folder], check=True)
    return home


def settings_in(home: Path) -> Settings:
    kept = json.loads((home / SETTINGS).read_text(encoding="utf-8"))
    letters = {int(code): read_as for code, read_as in kept.pop("letters").items()}
    return Settings(letters=letters, **kept)


def session_of(network: Path) -> Any:
    """Return what computes a network: one thread, which waits without spinning."""
    # A second to load, and missing on machines for which it is not built.
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Texts of many lengths would let the arena grow and never shrink.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(network), options, providers=["CPUExecutionProvider"]
    )


class Network:
    """What turns numbers of pieces into a vector."""

    def __init__(self, network: Path, table: NDArray[np.uint8]) -> None:
        self._session = session_of(network)
        self._table = table

    def mean(self, ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the mean over one window of pieces, not at length 1."""
        pieces = unpacked(self._table[ids])[None]
        fed = {"pieces": pieces, "positions": np.arange(len(ids))}
        vector: NDArray[np.float32] = self._session.run(None, fed)[0][0]
        return vector


def network_in(home: Path) -> Network:
    """Return the network; its table stays on the disk, shared by all processes."""
    return Network(home / NETWORK, np.load(home / TABLE, mmap_mode="r"))


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(folder: Path) -> None:
    """
    Make the model in `folder`, whether one lies there or not.

    Raises
    ------
    WeightsMissing, ModelUnfit, OSError, ImportError
    """
    weights = Weights(weights_file().read_bytes())
    home = folder / VERSION
    home.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        made = Path(scratch)
        _write_tokenizer(weights, made)
        arithmetic = _write_network(weights, made)
        sums = {name: _sha256(made / name) for name in _FILES}
        record = {"model": VERSION, "arithmetic": arithmetic, "sha256": sums}
        (made / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
        for name in (*_FILES, RECORD):
            (made / name).replace(home / name)


def _write_tokenizer(weights: Weights, made: Path) -> None:
    # Only making needs it; its classes come into being when it is imported.
    parts: Any = import_module("sentencepiece.sentencepiece_model_pb2")
    marks, model = weights.marks, parts.ModelProto()
    model.trainer_spec.model_type = parts.TrainerSpec.UNIGRAM
    model.trainer_spec.vocab_size = len(weights.pieces)
    model.trainer_spec.bos_id = marks.begin
    model.trainer_spec.eos_id = marks.end
    model.trainer_spec.pad_id = marks.padding
    model.trainer_spec.unk_id = marks.unknown
    kinds = dict.fromkeys(marks, parts.ModelProto.SentencePiece.CONTROL)
    kinds[marks.unknown] = parts.ModelProto.SentencePiece.UNKNOWN
    usual = parts.ModelProto.SentencePiece.NORMAL
    for number, (text, score) in enumerate(weights.pieces):
        kind = kinds.get(number, usual)
        model.pieces.add(piece=text, score=score, type=kind)
    (made / TOKENIZER).write_bytes(model.SerializeToString())
    kept = {
        "letters": weights.letters,
        "begin": marks.begin,
        "end": marks.end,
        "positions": weights.sizes.positions,
    }
    (made / SETTINGS).write_text(json.dumps(kept), encoding="utf-8")


def _write_network(weights: Weights, made: Path) -> str:
    """Write the network in eight bits, and return which arithmetic passed the check."""
    # Only making needs these; they take a second to load.
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    # As does this, which loads onnx.
    from montada.language.adapters.e5_graph import graph_of  # noqa: PLC0415

    # Its advice to run a tool over the model first is not for a graph drawn by hand.
    logging.getLogger().addFilter(_is_no_advice)
    table = weights.blocks("emb.word", weights.sizes.vocabulary)
    with (made / TABLE).open("wb") as file:
        np.lib.format.write_array(file, table)
    exact = made / "exact.onnx"
    exact.write_bytes(graph_of(weights).SerializeToString())
    expected = _checked(Network(exact, table))
    for arithmetic in ("8 bits", "7 bits"):
        quantize_dynamic(
            exact,
            made / NETWORK,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=arithmetic == "7 bits",
            op_types_to_quantize=["MatMul"],
            extra_options={"MatMulConstBOnly": True},
        )
        if _least_cosine(expected, _checked(Network(made / NETWORK, table))) >= (
            LEAST_COSINE
        ):
            return arithmetic
    raise ModelUnfit("the converted model computes other vectors on this processor")


def _checked(network: Network) -> NDArray[np.float32]:
    return np.stack([network.mean(window) for window in _CHECK])


def _is_no_advice(record: logging.LogRecord) -> bool:
    return "pre-processing before quantization" not in record.getMessage()


def _least_cosine(some: NDArray[np.float32], others: NDArray[np.float32]) -> float:
    lengths = np.linalg.norm(some, axis=1) * np.linalg.norm(others, axis=1)
    return float(((some * others).sum(axis=1) / lengths).min())


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
