"""Inner problems: one dense problem, by POT's `emd` and by `chiasm transport`, one thread each."""

from functools import partial

from measuring import (
    BenchmarkError,
    Case,
    Outcome,
    alternate,
    fastest,
    measure,
    megabytes,
    ratios,
    spread,
)
from report import Section
from workplace import DATA, WAYS, ensure, peer

TOLERANCE = 1e-9
REPEATS = 5
COMPARED = 9

FULL = {
    "lr": (
        "500x500 1000x1000 1000x2000 2000x2000 4096x4096 "
        "500x700 1003x1011 997x1500 500x4096 1999x3001 2000x4096"
    ),
    "noise": "1000x1000 1003x1011 2000x4096",
    "iid": "1000x1000 1003x1011 2000x4096",
}
QUICK = {"lr": "200x200 100x300 211x223 90x400", "noise": "101x103", "iid": "101x103"}


def run(chiasm, quick, repeats):
    """A row for each case; returns the section, and sentences about what does not agree."""
    section = Section("Inner problems")
    section.add(
        "One dense problem, one thread each, seconds of solving alone: median (least–greatest) of "
        f"{repeats} runs by turns, POT's by the way that was faster in a first run. Peak memory is "
        "that of the whole process.",
        "",
    )
    section.head(
        "case",
        "POT's way",
        "POT s",
        "chiasm s",
        "times faster",
        "POT MB",
        "chiasm MB",
        "cost",
        "relative difference",
        "gap",
        "violation",
    )
    troubles = []
    for kind, size in sizes(quick):
        troubles += compare(section, chiasm, kind, size, repeats)
    return section, troubles


def sizes(quick):
    """Kind and size of every case."""
    chosen = QUICK if quick else FULL
    return [(kind, size) for kind in chosen for size in chosen[kind].split()]


def cases(_section, _chiasm, quick):
    """What revisions are compared on; the optimum leaves no room."""
    return [Case(f"{kind} {size}", partial(once, kind, size), 1e-12) for kind, size in sizes(quick)]


def once(kind, size, program):
    """One run of chiasm."""
    run = solve(program, costs(kind, size))
    return Outcome(run.answer["solve_seconds"], run.peak_bytes, [run.answer["cost"]])


def costs(kind, size):
    """The file of costs of a case."""
    rows, columns = (int(count) for count in size.split("x"))
    path = DATA / "inner" / f"{kind}_{size}.npy"
    return ensure(path, "make_cost", kind, rows, columns, gigabytes=rows * columns * 8e-9)


def solve(chiasm, path):
    """One problem by chiasm."""
    return measure([chiasm, "transport", path, "--json"], pinned=True)


def compare(section, chiasm, kind, size, repeats):
    """Measures one case."""
    try:
        path = costs(kind, size)
        peers = {way: partial(measure, peer("solve_emd", path, way), pinned=True) for way in WAYS}
        way = fastest(peers, lambda run: run.answer["solve_seconds"])
        theirs, ours = alternate(repeats, peers[way], partial(solve, chiasm, path))
    except BenchmarkError as failure:
        return [f"{kind} {size}: {failure}"]
    optimum = theirs[0].answer["cost"]
    answers = [run.answer for run in ours]
    difference = max(abs(a["cost"] - optimum) / max(abs(optimum), 1e-300) for a in answers)
    gap, violation, error = (
        max(abs(a[key]) for a in answers) for key in ("gap", "violation", "marginal_error")
    )
    slow, fast = ([run.answer["solve_seconds"] for run in runs] for runs in (theirs, ours))
    section.row(
        f"{kind} {size}",
        way,
        spread(slow),
        spread(fast),
        ratios(slow, fast),
        megabytes(theirs),
        megabytes(ours),
        f"{optimum:.9g}",
        *(f"{value:.1e}" for value in (difference, gap, violation)),
    )
    troubles = [
        f"{kind} {size}: {name} {value:.1e} is more than {TOLERANCE:.0e}."
        for name, value in (
            ("the relative difference of the costs", difference),
            ("the gap", gap),
            ("the dual violation", violation),
            ("the marginal error", error),
        )
        if not value <= TOLERANCE
    ]
    if theirs[0].answer["warning"]:
        troubles.append(f"{kind} {size}: POT warned: {theirs[0].answer['warning']}")
    return troubles
