"""Runs the benchmarks; `Benchmarks/run` calls this with the Python of the peers."""

import argparse
import sys
from pathlib import Path

import calibration
import extract
import hot
import inner
import revisions
from report import record
from workplace import BENCHMARKS

BENCHES = {"inner": inner, "hot": hot, "extract": extract, "calibration": calibration}


def parse():
    """The arguments of the command line."""
    parser = argparse.ArgumentParser(prog="Benchmarks/run")
    parser.add_argument("names", nargs="*", metavar="inner|hot|extract|calibration")
    parser.add_argument("--chiasm", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--repeats", type=int)
    parser.add_argument("--compare", metavar="REVISION")
    parser.add_argument("--other", type=Path, help="the program of that revision")
    return parser.parse_args()


def main():
    """Runs what was asked for; the status is 1 when answers do not agree."""
    arguments = parse()
    sections, troubles = [], []
    if arguments.compare:
        programs = arguments.chiasm, arguments.other
        for name in arguments.names or revisions.BENCHES:
            rest = arguments.compare, arguments.quick, arguments.repeats
            troubles += revisions.run(name, programs, *rest)
        return complain(troubles)
    for name in arguments.names or BENCHES:
        repeats = arguments.repeats or (2 if arguments.quick else BENCHES[name].REPEATS)
        section, found = BENCHES[name].run(arguments.chiasm, arguments.quick, repeats)
        section.add("")
        sections.append(section)
        troubles += found
    if arguments.record and not troubles:
        record(BENCHMARKS / "results.md", sections, arguments.chiasm)
    return complain(troubles)


def complain(troubles):
    """Prints what is wrong; returns the status."""
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    return 1 if troubles else 0


try:
    sys.exit(main())
except KeyboardInterrupt:
    # Benchmarks/run says so.
    sys.exit(130)
