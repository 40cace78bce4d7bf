"""Node classes of every kind that the host knows, small, and the host's own way to run them."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import execution
from comfy_api.latest import io
from comfy_execution.graph_utils import ExecutionBlocker, GraphBuilder, is_link

ANY = type("Any", (str,), {"__ne__": lambda self, other: False})("*")


def node(class_type, **inputs):
    return {"class_type": class_type, "inputs": inputs}


class AnyName(dict):
    """Says yes to any name, as rows that are added in the page want it."""

    def __contains__(self, name):
        return True

    def __getitem__(self, name):
        return (ANY, {})


class Sink:
    """Keeps what arrives."""

    INPUT_TYPES = classmethod(lambda cls: {"required": {}, "optional": AnyName()})
    RETURN_TYPES, FUNCTION, OUTPUT_NODE, INPUT_IS_LIST = (), "run", True, True
    kept: dict = {}

    def run(self, **inputs):
        Sink.kept.update(inputs)
        return ()


class Rows:
    """Gives back every input as it came: declared, hidden and undeclared."""

    @classmethod
    def INPUT_TYPES(cls):
        hidden = {"unique_id": "UNIQUE_ID", "prompt": "PROMPT", "mine": ("STRING", {})}
        return {"required": {"b": ("INT", {}), "a": ("INT", {})}, "hidden": hidden}

    RETURN_TYPES, FUNCTION = ("ROWS",), "run"

    def run(self, **inputs):
        return (inputs,)


class AnyRows(Rows):
    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"z": ("INT", {})}, "optional": AnyName({"y": ("INT", {})})}


class Count:
    """Counts its calls in the object."""

    INPUT_TYPES = classmethod(lambda cls: {"required": {"value": ("INT", {"default": 0})}})
    RETURN_TYPES, FUNCTION = ("INT",), "run"

    def __init__(self):
        self.calls = 0

    def run(self, value):
        self.calls += 1
        return (value * 100 + self.calls,)


class Listed:
    """value, value + 1, ... as a list."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"value": ("INT", {}), "count": ("INT", {})}}

    RETURN_TYPES, FUNCTION, OUTPUT_IS_LIST = ("INT", "INT"), "run", (True, False)

    def run(self, value, count):
        return list(range(value, value + count)), count


class Sum:
    INPUT_TYPES = classmethod(lambda cls: {"required": {"values": ("INT", {})}})
    RETURN_TYPES, FUNCTION, INPUT_IS_LIST = ("INT",), "run", True

    def run(self, values):
        return (sum(values),)


class Later:
    """Waits before it answers; shows something, too."""

    INPUT_TYPES = classmethod(lambda cls: {"required": {"value": ("INT", {})}})
    RETURN_TYPES, FUNCTION = ("INT",), "run"

    async def run(self, value):
        await asyncio.sleep(0.01)
        return {"ui": {"text": [str(value)]}, "result": (value + 1,)}


class Switch:
    """Asks for one of two; the second only if the first was even."""

    @classmethod
    def INPUT_TYPES(cls):
        lazy = {"lazy": True}
        return {
            "required": {"first": ("INT", lazy), "take": ("BOOLEAN", {})},
            "optional": {"second": ("INT", lazy), "third": ("INT", lazy)},
        }

    RETURN_TYPES, FUNCTION = ("INT",), "run"

    def check_lazy_status(self, take, first=None, second=None, third=None):
        if take:
            return ["third"]
        if first is None:
            return ["first", "take"]
        return ["second"] if first % 2 == 0 else None

    def run(self, **inputs):
        return (str(sorted(inputs.items())),)


class Block:
    """Hands on its value in the first or in the second output."""

    INPUT_TYPES = classmethod(lambda cls: {"required": {"value": ("INT", {}), "to": ("INT", {})}})
    RETURN_TYPES, FUNCTION = ("INT", "INT"), "run"

    def run(self, value, to):
        return tuple(value if slot == to else ExecutionBlocker("not here") for slot in range(2))


class Expand:
    """Becomes two nodes; the second output is a constant, the third a whole list."""

    INPUT_TYPES = classmethod(lambda cls: {"required": {"value": ("INT", {})}})
    RETURN_TYPES, FUNCTION = ("INT", "STRING", "INT"), "run"

    def run(self, value):
        graph = GraphBuilder()
        later = graph.node("Later", value=value)
        count = graph.node("Count", value=later.out(0))
        listed = graph.node("Listed", value=value, count=2)
        result = (count.out(0), "constant", listed.out(0))
        return {"result": result, "expand": graph.finalize()}


class Nest:
    """Expands into a node that expands."""

    INPUT_TYPES = classmethod(lambda cls: {"required": {"value": ("INT", {"rawLink": True})}})
    RETURN_TYPES, FUNCTION = ("INT",), "run"

    def run(self, value):
        assert is_link(value)
        graph = GraphBuilder()
        inner = graph.node("Expand", value=value)
        return {"result": (inner.out(0),), "expand": graph.finalize()}


class Repeat:
    """A loop as packs write them: it copies a node of the running prompt, and then itself."""

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {"body": ("INT", {"rawLink": True}), "times": ("INT", {})},
            "hidden": {"dynprompt": "DYNPROMPT", "unique_id": "UNIQUE_ID"},
        }

    RETURN_TYPES, FUNCTION = ("INT",), "run"

    def run(self, body, times, dynprompt, unique_id):
        assert dynprompt.get_node(unique_id)["inputs"]["body"] == body
        if not times:
            return {"result": (body,), "expand": {}}
        graph = GraphBuilder()
        copied = dynprompt.get_node(body[0])
        once_more = graph.node(copied["class_type"], **{**copied["inputs"], "value": body})
        again = graph.node("Repeat", body=once_more.out(0), times=times - 1)
        return {"result": (again.out(0),), "expand": graph.finalize()}


class Loop:
    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {}, "hidden": {"todo": "EXECUTION_LIST"}}

    RETURN_TYPES, FUNCTION = ("INT",), "run"

    def run(self, **inputs):
        return (0,)


class Fail:
    INPUT_TYPES = classmethod(lambda cls: {"required": {"value": ("INT", {})}})
    RETURN_TYPES, FUNCTION = ("INT",), "run"

    def run(self, value):
        raise RuntimeError(f"cannot do {value}")


class V3Rows(io.ComfyNode):
    @classmethod
    def define_schema(cls):
        return io.Schema(
            node_id="V3Rows",
            inputs=[io.Int.Input("b"), io.Int.Input("a", optional=True)],
            outputs=[io.Custom("ROWS").Output()],
            hidden=[io.Hidden.unique_id],
        )

    @classmethod
    def execute(cls, **inputs):
        return io.NodeOutput({**inputs, "told": cls.hidden.unique_id})


class V3Switch(io.ComfyNode):
    @classmethod
    def define_schema(cls):
        return io.Schema(
            node_id="V3Switch",
            inputs=[
                io.Boolean.Input("switch"),
                io.Int.Input("on_false", lazy=True),
                io.Int.Input("on_true", lazy=True),
            ],
            outputs=[io.Int.Output()],
        )

    @classmethod
    def check_lazy_status(cls, switch, on_false=None, on_true=None):
        if switch and on_true is None:
            return ["on_true"]
        if not switch and on_false is None:
            return ["on_false"]
        return None

    @classmethod
    def execute(cls, switch, on_false, on_true):
        return io.NodeOutput(on_true if switch else on_false)


V1 = (Sink, Rows, AnyRows, Count, Listed, Sum, Later, Switch, Block, Expand, Nest, Repeat, Loop)
CLASSES = {each.__name__: each for each in (*V1, Fail, V3Rows, V3Switch)}


def in_host(graph, link):
    """The list that the host's own executor hands on behind a link."""
    Sink.kept.clear()
    server = SimpleNamespace(client_id=None, last_node_id=None, send_sync=lambda *_: None)
    executor = execution.PromptExecutor(server, cache_args={"ram": 0, "ram_inactive": 0})
    sink = {"class_type": "Sink", "inputs": {"got": link}}
    executor.execute({**graph, "sink": sink}, "prompt", {}, ["sink"])
    assert executor.success, executor.status_messages
    return Sink.kept["got"]
