"""
The transformer of multilingual-e5-small as an ONNX graph, layer by layer.

Input: the vectors of the pieces of one window of text, (1, pieces, 384). Output: the
mean of the last layer over the pieces, not yet at length 1. The table of the vectors
stays outside: it is four fifths of the model, and a text needs a few rows of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from montada.language.adapters.e5_weights import Weights

OPERATIONS = 20
"""Version of ONNX's set of operations: the first with Gelu as one operation."""


def graph_of(weights: Weights) -> onnx.ModelProto:
    """Return the model in float32, about 86 MB."""
    return _Drawing(weights).model()


class _Drawing:
    """Adds nodes and constants; each method returns the name of what it adds."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        size = weights.sizes
        per_head = size.hidden // size.heads
        self._heads = self._constant("heads", np.array([0, 0, size.heads, per_head]))
        self._joined = self._constant("joined", np.array([0, 0, size.hidden]))
        self._scale = self._constant("scale", np.float32(per_head**-0.5))

    def model(self) -> onnx.ModelProto:
        layer = self._placed()
        for number in range(self._weights.sizes.layers):
            layer = self._layer(layer, f"l{number}.")
        pieces = self._constant("axis of pieces", np.array([1]))
        self._node("ReduceMean", [layer, pieces], "mean", keepdims=0)
        hidden = self._weights.sizes.hidden
        graph = helper.make_graph(
            self._nodes,
            "e5",
            [
                helper.make_tensor_value_info(
                    "pieces", TensorProto.FLOAT, [1, "L", hidden]
                ),
                helper.make_tensor_value_info("positions", TensorProto.INT64, ["L"]),
            ],
            [helper.make_tensor_value_info("mean", TensorProto.FLOAT, [1, hidden])],
            self._constants,
        )
        operations = [helper.make_opsetid("", OPERATIONS)]
        return helper.make_model(graph, opset_imports=operations, ir_version=9)

    def _constant(self, name: str, values: Any) -> str:
        array: NDArray[Any] = np.ascontiguousarray(values)
        if np.ndim(values) == 0:
            array = array.reshape(())
        self._constants.append(numpy_helper.from_array(array, name))
        return name

    def _node(
        self, operation: str, inputs: list[str], name: str, **options: Any
    ) -> str:
        self._nodes.append(helper.make_node(operation, inputs, [name], **options))
        return name

    def _placed(self) -> str:
        """Add to each piece where it stands."""
        weights, hidden = self._weights, self._weights.sizes.hidden
        kind = weights.floats("emb.type").reshape(-1, hidden)[0]
        places = weights.floats("emb.pos").reshape(-1, hidden) + kind
        place = self._node(
            "Gather", [self._constant("places", places), "positions"], "place"
        )
        return self._normed(
            self._node("Add", ["pieces", place], "placed"), "emb.ln", "first"
        )

    def _normed(self, layer: str, parameters: str, name: str) -> str:
        parts = [
            self._constant(
                f"{parameters}.{part}", self._weights.floats(f"{parameters}.{part}")
            )
            for part in ("w", "b")
        ]
        return self._node(
            "LayerNormalization",
            [layer, *parts],
            name,
            epsilon=self._weights.epsilon,
            axis=-1,
        )

    def _linear(self, layer: str, parameters: str, n_out: int) -> str:
        matrix = self._weights.unpacked(f"{parameters}.w", n_out).T
        offset = self._weights.floats(f"{parameters}.b")
        product = self._node(
            "MatMul",
            [layer, self._constant(f"{parameters}.w", matrix)],
            f"{parameters}.x",
        )
        return self._node(
            "Add",
            [product, self._constant(f"{parameters}.b", offset)],
            f"{parameters}.y",
        )

    def _layer(self, layer: str, prefix: str) -> str:
        hidden, inner = self._weights.sizes.hidden, self._weights.sizes.inner
        seen = self._attention(layer, prefix)
        seen = self._linear(seen, f"{prefix}ao", hidden)
        summed = self._node("Add", [layer, seen], f"{prefix}attended")
        middle = self._normed(summed, f"{prefix}aln", f"{prefix}middle")
        wide = self._linear(middle, f"{prefix}fi", inner)
        wide = self._node("Gelu", [wide], f"{prefix}wide")
        narrow = self._linear(wide, f"{prefix}fo", hidden)
        summed = self._node("Add", [middle, narrow], f"{prefix}thought")
        return self._normed(summed, f"{prefix}oln", f"{prefix}out")

    def _attention(self, layer: str, prefix: str) -> str:
        query, key, value = (
            self._by_head(
                layer, f"{prefix}{part}", [0, 2, 3, 1] if part == "k" else [0, 2, 1, 3]
            )
            for part in "qkv"
        )
        raw = self._node("MatMul", [query, key], f"{prefix}raw")
        scaled = self._node("Mul", [raw, self._scale], f"{prefix}scaled")
        shares = self._node("Softmax", [scaled], f"{prefix}shares", axis=-1)
        seen = self._node("MatMul", [shares, value], f"{prefix}seen")
        turned = self._node("Transpose", [seen], f"{prefix}turned", perm=[0, 2, 1, 3])
        return self._node("Reshape", [turned, self._joined], f"{prefix}joined")

    def _by_head(self, layer: str, parameters: str, order: list[int]) -> str:
        hidden = self._weights.sizes.hidden
        straight = self._linear(layer, parameters, hidden)
        split = self._node("Reshape", [straight, self._heads], f"{parameters}.split")
        return self._node("Transpose", [split], f"{parameters}.heads", perm=order)
