#!/usr/bin/env python3
"""check.py [--tolerance 1e-6] [--exact] FILE.drn...

Somebody else's word for what a scenario is worth: Storm loads each process that `sandtable export --as drn` wrote, and
works out the most and the least points that can be expected before a state labelled `end`. Both must be what the first
line of the file says; and what FILE.json says, where `sandtable explore --json` wrote one beside it. Prints both. Exit code: 0 all agree, 1 one does not.

The process is acyclic, where Storm's own method (topological) is exact up to the rounding of doubles; `--exact` uses
fractions throughout. `R [F "end"]` is asked, not `R [C]`, since points may be negative.
"""
import argparse
import json
import math
import os
import re
import sys
import time

SAID = re.compile(r"// .*: best (\S+) worst (\S+)$")


def said(path):
    """What the program that wrote it says: the most and the least."""
    with open(path, encoding="utf-8") as lines:
        found = SAID.match(next(lines).rstrip("\n"))
    if not found:
        raise ValueError(f"{path}: the first line holds no values")
    worth = float(found[1]), float(found[2])
    explored = path.removesuffix(".drn") + ".json"
    if os.path.exists(explored):
        with open(explored, encoding="utf-8") as text:
            score = json.load(text)["score"]
        if max(abs(score["best"] - worth[0]), abs(score["worst"] - worth[1])) > 1e-9:
            raise ValueError(f"{explored} has {score}, {path} {worth}")
    return worth


def checked(path):
    """Reads the file for what Storm lets pass, and gives its number of states."""
    declared = states = 0
    total = 1.0
    body = False

    def closed():
        if abs(total - 1) > 1e-9:
            raise ValueError(f"{path}: probabilities before state {states} add up to {total}")

    with open(path, encoding="utf-8") as lines:
        for line in lines:
            word, _, rest = line.strip().partition(" ")
            if not body:
                if word == "@nr_states":
                    declared = int(next(lines))
                body = word == "@model"
            elif word == "state":
                closed()
                number, total = int(rest.split(" ")[0]), 1.0
                if number != states:
                    raise ValueError(f"{path}: state {number} where {states} belongs")
                states += 1
            elif word == "action":
                closed()
                total = 0.0
                # With a blank in its name an action loses its points.
                if not re.fullmatch(r"\S+ \[[^\]]+\]", rest):
                    raise ValueError(f"{path}: no action: {line}")
            else:
                total += float(rest.removeprefix(": "))
                # What leads only to earlier states has no cycle. An ending stays where it is.
                if int(word) >= states and total != 1:
                    raise ValueError(f"{path}: state {states - 1} leads to {word}")
    closed()
    if states != declared:
        raise ValueError(f"{path}: {declared} states declared, {states} written")
    return states


def solved(path, kind):
    """What Storm finds: the most and the least; and the seconds of the processor that loading and solving took."""
    begun = time.process_time()
    model = stormpy.build_model_from_drn[kind](path)
    loaded = time.process_time()
    environment = stormpy.environments.default(model)
    worth = []
    for way in ("max", "min"):
        formula = stormpy.parse_property(f'R{{"points"}}{way}=? [F "end"]')
        result = stormpy.model_checking(model, formula, only_initial_states=True, environment=environment)
        worth.append(float(result.get_value(model.initial_states[0])))
    if not all(map(math.isfinite, worth)):
        raise ValueError(f"{path}: some play never ends")
    return worth, (loaded - begun, time.process_time() - loaded)


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("files", nargs="+", metavar="FILE.drn")
parser.add_argument("--tolerance", type=float, default=1e-6)
parser.add_argument("--exact", action="store_true")
chosen = parser.parse_args()

# Storm's warnings go to descriptor 1: they belong with the errors.
output = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
import stormpy  # noqa: E402

wrong = 0
for path in chosen.files:
    states = checked(path)
    ours = said(path)
    theirs, (load, solve) = solved(path, stormpy.Rational if chosen.exact else float)
    agree = all(abs(one - other) <= chosen.tolerance for one, other in zip(ours, theirs))
    wrong += not agree
    name = os.path.basename(path)
    print(f"{name}: {states} states, loaded in {load:.2f} s, solved in {solve:.2f} s", file=output)
    for way, one, other in zip(("best", "worst"), ours, theirs):
        print(f"  {way:5} sandtable {one!r:>24}  Storm {other!r:>24}  apart {abs(one - other):.1e}", file=output)
    if not agree:
        print(f"  they differ by more than {chosen.tolerance}", file=output, flush=True)
    output.flush()
sys.exit(1 if wrong else 0)
