#!/usr/bin/env bash
# What Storm, the model checker, says of the values. `tests/storm.sh PROGRAM [larger]`, from anywhere; Storm is that of
# `tests/tools.sh`, or of the environment in `STORM_PYTHON`. With `larger` also the cuts that take minutes.
set -euo pipefail
program=$(realpath "${1:?the path of sandtable}")
extent=${2:-small}
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python=${STORM_PYTHON:-$(tests/tools.sh)/python/bin/python}

# The process of a scenario or a part of it, and what `explore` says of the same.
drn() {
    local name=$1
    shift
    "$program" export "$@" --states-max 5000000 --as drn -o "$folder/$name.drn"
    if "$program" explore --help | grep -q -e --json; then
        "$program" explore "$@" --json --sample 0 >"$folder/$name.json"
    fi
}

drn starter scenarios/starter
drn starter-the_week scenarios/starter --cut the_week
drn advanced-2022-first_hours scenarios/advanced-2022 --cut first_hours
if [ "$extent" = larger ]; then
    drn advanced-2022-door_to_dark scenarios/advanced-2022 --cut door_to_dark
fi

# A process that says something else must be found.
sed '1s/best [^ ]*/best 1000/' "$folder/starter.drn" >"$folder/wrong"
if "$python" tests/storm/check.py "$folder/wrong" >"$folder/said"; then
    cat "$folder/said" >&2
    echo "a wrong value was taken for right" >&2
    exit 1
fi
grep -q 'they differ' "$folder/said"

"$python" tests/storm/check.py "$folder"/*.drn
