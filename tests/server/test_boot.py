from __future__ import annotations

import pytest
from rig.server import Refused

EMPTY = {
    "1": {
        "class_type": "EmptyImage",
        "inputs": {"width": 8, "height": 8, "batch_size": 1, "color": 0},
    },
    "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}},
}


def test_the_pack_loads(server):
    log = server.log()
    assert "Error while calling comfy_entrypoint" not in log
    assert "IMPORT FAILED: /" not in log
    assert "Proofsheet could not be loaded" not in log


def test_a_stock_graph_runs(server):
    entry = server.run(EMPTY)
    (image,) = entry["outputs"]["2"]["images"]
    assert server.view(image).startswith(b"\x89PNG")


def test_a_bad_prompt_is_refused_with_the_reason(server):
    with pytest.raises(Refused, match="prompt_no_outputs"):
        server.queue({"1": EMPTY["1"]})


def test_it_comes_back_after_a_kill_on_the_same_files(new_server):
    server = new_server(pack=False)
    server.start()
    server.kill()
    assert not server.alive
    (server.output / "kept.txt").write_text("kept")
    server.start()
    assert server.get("/queue") == {"queue_running": [], "queue_pending": []}
    assert (server.output / "kept.txt").read_text() == "kept"
