"""The report: tables printed while they grow, and the page of recorded results."""

import datetime
import importlib.metadata
import os
import platform
import re
import subprocess
from pathlib import Path

TITLES = ("Inner problems", "Whole alignments", "Extraction", "Calibration")
PEERS = ("POT", "numpy", "scipy", "nibabel", "nilearn", "h5py")


class Section:
    """One part of the report: lines of Markdown, printed as they come."""

    def __init__(self, title):
        """Starts with the title."""
        self.title = title
        self.lines = []
        print(f"## {title}")
        self.add("")

    def add(self, *lines):
        """Adds lines of text."""
        for line in lines:
            print(line, flush=True)
            self.lines.append(line)

    def head(self, *names):
        """Starts a table; the first column holds words, the others numbers."""
        self.row(*names)
        self.row("---", *["---:"] * (len(names) - 1))

    def row(self, *cells):
        """Adds a row to the table."""
        self.add("| " + " | ".join(str(cell) for cell in cells) + " |")


def record(page, sections, chiasm):
    """Writes sections to the page of results; those of the same title are replaced, others kept."""
    kept = {}
    if page.exists():
        parts = re.split(r"^## (.*)\n", page.read_text(), flags=re.MULTILINE)[1:]
        kept = {title: text.strip() for title, text in zip(parts[::2], parts[1::2], strict=True)}
    machine = describe(chiasm)
    for section in sections:
        kept[section.title] = "\n".join([machine, *section.lines]).strip()
    lines = [
        "# Results",
        "",
        "Written by `Benchmarks/run --record`; `README.md` says how to read it.",
    ]
    for title in TITLES:
        if title in kept:
            lines += ["", f"## {title}", "", kept[title]]
    page.write_text("\n".join(lines) + "\n")


def describe(chiasm):
    """The machine, the date and the versions of everything, in one paragraph."""
    root = Path(__file__).resolve().parents[2]
    versions = [f"{name} {importlib.metadata.version(name)}" for name in PEERS]
    words = [
        f"{processor()}, {os.cpu_count()} cores, {memory():.0f} GB",
        platform.system(),
        f"{datetime.date.today()}",
        f"{first_line([chiasm, '--version'])} at {commit(root)}",
        swift_version(),
        f"Python {platform.python_version()}",
        *versions,
    ]
    return "; ".join(words) + "."


def processor():
    """The model name of the processor."""
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    name = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    flags = set((re.search(r"^flags\s*:\s*(.+)$", text, re.MULTILINE) or [""])[0].split())
    widest = next((flag for flag in ("avx512f", "avx2") if flag in flags), None)
    return (name[1] if name else platform.machine()) + (f" ({widest})" if widest else "")


def memory():
    """The memory of the machine in GB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def commit(root):
    """The commit that was measured, and whether files differ from it."""
    name = first_line(["git", "-C", root, "rev-parse", "--short", "HEAD"]) or "an unknown commit"
    changed = first_line(["git", "-C", root, "status", "--porcelain", "--untracked-files=no"])
    return name + (" with changes" if changed else "")


def swift_version():
    """The version of the compiler, without its build numbers."""
    found = re.search(r"Swift version [\d.]+", first_line(["swift", "--version"]))
    return found[0] if found else "Swift"


def first_line(command):
    """The first line that a command prints; empty when it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip().split("\n")[0]
