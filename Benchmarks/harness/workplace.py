"""Where programs and data of the benchmarks are."""

import shutil
import subprocess
import sys
from pathlib import Path

from measuring import BenchmarkError

BENCHMARKS = Path(__file__).resolve().parents[1]
DATA = BENCHMARKS / ".build-peers" / "data"
# How peers/exact.py solves.
WAYS = ("dense", "sparse")
SHARED = BENCHMARKS.parents[1] / "shared" / "data"


def peer(name, *arguments):
    """The command line of a script in `peers/`."""
    return [sys.executable, BENCHMARKS / "peers" / f"{name}.py", *arguments]


def ensure(path, script, *arguments, gigabytes):
    """Lets a script in `peers/` make `path`, unless it is there and newer than the script.

    The script gets the path first; it makes the whole or nothing.
    """
    command = peer(script, path, *arguments)
    sources = [BENCHMARKS / "peers" / f"{name}.py" for name in (script, "simulation")]
    if path.exists() and path.stat().st_mtime > max(s.stat().st_mtime for s in sources):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(path.parent).free / 1e9
    if free < gigabytes + 1:
        raise BenchmarkError(
            f"{path} needs {gigabytes + 1:.1f} GB of free disk, there are {free:.1f}."
        )
    print(f"Making {path.relative_to(BENCHMARKS)} …", file=sys.stderr, flush=True)
    subprocess.run([str(word) for word in command], check=True)
    return path
