"""Contact Sheet: frames on a grid, and the picks that go on."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import limits, node_ids
from .core.errors import fault
from .core.grammar import picks as grammar
from .host.sockets import HELD, Drawing, Frames
from .host.store import images
from .host.work import contact_sheet


class ContactSheet(io.ComfyNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.CONTACT_SHEET,
            display_name="Contact Sheet",
            category="proofsheet",
            description="Shows frames in rows and columns, prints the sheet into the output "
            "folder, and passes on the frames you pick. Until something is picked, what comes "
            "after it is held.",
            is_input_list=True,
            is_output_node=True,
            enable_expand=True,
            hidden=[io.Hidden.dynprompt],
            inputs=[
                io.MultiType.Input(
                    "frames",
                    types=[Frames, io.Image],
                    tooltip="Frames of a Sweep or Sweep Sampler, or any images.",
                ),
                io.String.Input(
                    "picks",
                    default="",
                    tooltip="Frames to pass on, in this order: 3, 2-5, all, none, #<frame id>, "
                    "seed=123, prompt=2. A ! before one takes it out again.",
                ),
                io.Combo.Input(
                    "when_empty",
                    options=[*limits.WHEN_EMPTY.words],
                    default=limits.HOLD,
                    tooltip="With no picks: hold what comes after, pass all frames, or fail.",
                ),
                io.Int.Input(
                    "columns",
                    default=0,
                    min=limits.COLUMNS.low,
                    max=limits.COLUMNS.high,
                    tooltip="Columns of the sheet. 0: one for each value of the innermost axis, "
                    "or near a square for a single axis.",
                ),
                io.Int.Input(
                    "cell_size",
                    default=256,
                    min=limits.CELL_SIZE.low,
                    max=limits.CELL_SIZE.high,
                    tooltip="Longest edge of a picture on the printed sheet, in pixels.",
                ),
                io.Combo.Input(
                    "captions",
                    options=[*limits.CAPTIONS.words],
                    default="varying",
                    tooltip="Under each picture: what the headers do not say, everything, nothing.",
                ),
            ],
            outputs=[
                Frames.Output("picked", display_name="picked"),
                io.Image.Output("images", display_name="images", is_output_list=True),
                io.Image.Output("sheet", display_name="sheet"),
            ],
        )

    @classmethod
    def validate_inputs(
        cls, picks=("",), when_empty=(), captions=()
    ) -> bool | str:  # lists: the node is_input_list
        given = {"when_empty": when_empty, "captions": captions}
        wrong = fault(grammar.parse, picks[0] or "") or fault(contact_sheet.check_words, given)
        return wrong or True

    @classmethod
    def fingerprint_inputs(cls, **_inputs) -> str:
        return contact_sheet.fingerprint()

    @classmethod
    def execute(cls, frames, **widgets) -> io.NodeOutput:
        linked = contact_sheet.is_linked(contact_sheet.nodes_of(cls.hidden.dynprompt))
        texts = contact_sheet.texts(cls.hidden)
        shown = contact_sheet.show(frames, contact_sheet.options(widgets), texts, linked)
        ui = {"proofsheet": [shown.manifest]}  # no "images": the page shows the frames
        sheet, graph = shown.drawing.expand(contact_sheet.node_id())
        picked = (HELD, HELD) if shown.picked is None else contact_sheet.outputs(shown.picked)
        return io.NodeOutput(*picked, sheet, ui=ui, expand=graph)


class DrawSheet(io.ComfyNode):
    """Stands in no graph: a Contact Sheet expands into it."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.DRAW_SHEET,
            display_name="Draw Sheet",
            category="",  # with the next line: no page offers it
            is_deprecated=True,
            description="Draws the printed sheet of a Contact Sheet, which runs it by itself.",
            is_output_node=True,
            inputs=[Drawing.Input("drawing")],
            outputs=[io.Image.Output("sheet", display_name="sheet")],
        )

    @classmethod
    async def execute(cls, drawing) -> io.NodeOutput:
        picture = await drawing.run()
        image = HELD if picture is None else images.image(picture)
        return io.NodeOutput(image, ui=drawing.correction())


NODES = [ContactSheet, DrawSheet]
