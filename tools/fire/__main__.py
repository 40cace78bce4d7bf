"""`python tools/fire`: the long mode; `--times 2` tries every fault twice. Prints a table for the
Sweep Sampler and one for the Sweep behind two samplers.

python tools/fire --through Sweep --only "kill -9,cancel" --comfyui PATH --python PROGRAM --seed 7
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

TOOLS = Path(__file__).resolve().parent.parent
sys.path[0] = str(TOOLS)

from rig.commands import answers  # noqa: E402 - the path above makes these importable
from rig.host import Host, chosen_host, host_options  # noqa: E402

if TYPE_CHECKING:
    from fire.table import Table


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, help="of every fault; default 20 to 5, as it matters")
    parser.add_argument("--only", default="", help="faults, separated by commas")
    parser.add_argument("--through", default="", help="Sweep or Sweep Sampler; default both")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    host_options(parser)
    return parser.parse_args()


def main() -> int:
    options = parse()
    host = chosen_host(options)
    if not answers([sys.executable, "-c", "import PIL, numpy"]):
        own = ["--comfyui", host.folder, "--python", host.python]  # which has both
        return subprocess.run([host.python, __file__, *own, *sys.argv[1:]]).returncode
    return fire(host, options)


def fire(host: Host, options: argparse.Namespace) -> int:
    from fire.faults import FAULTS
    from fire.ground import STAGES

    faults = [name for name in options.only.split(",") if name] or list(FAULTS)
    grounds = [options.through] if options.through else list(STAGES)
    print(f"ComfyUI {host.version}, seed {options.seed}", flush=True)
    tables = [table(host, options, through, faults) for through in grounds]
    return 1 if any(each.bad for each in tables) else 0


def table(host: Host, options: argparse.Namespace, through: str, chosen: list[str]) -> Table:
    from fire.faults import FAULTS
    from fire.ground import Ground
    from fire.table import Table

    print(f"\nThrough the {through}:", flush=True)
    found = Table(chosen)
    with (
        tempfile.TemporaryDirectory(prefix="fire-") as folder,
        Ground(host, Path(folder), random.Random(options.seed), through=through) as ground,
    ):
        try:
            for name in chosen:
                for _ in range(options.times or FAULTS[name].times):
                    found.add(name, FAULTS[name].run(ground))
        finally:  # an hour's work is not lost with its last minute
            print(found, flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
