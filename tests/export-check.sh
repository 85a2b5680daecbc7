#!/usr/bin/env bash
# What `sandtable export` writes, opened by programs of others: openpyxl and Python's csv, Graphviz, Mermaid itself, and a
# validator of JSON schemas. Takes the program's path. Every shipped scenario, and one of nasty texts.
set -euo pipefail
cd "$(dirname "$0")/.."
sandtable=$(realpath "${1:?the path of sandtable}")

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

tools=$(tests/tools.sh)
# A module is looked for beside the script that imports it.
cp tests/export/mermaid.mjs "$tools/"

for folder in scenarios/*/ tests/export/nasty/; do
    name=$(basename "$folder")
    for form in msel-csv msel-xlsx mermaid dot navigator; do
        "$sandtable" export "$folder" --as "$form" -o "$work/$name.$form" 2>>"$work/said"
        # The same scenario gives the same bytes.
        "$sandtable" export "$folder" --as "$form" 2>/dev/null | cmp - "$work/$name.$form"
    done
    dot -Tsvg "$work/$name.dot" -o "$work/$name.svg" 2>"$work/warnings"
    if [ -s "$work/warnings" ]; then
        cat "$work/warnings" >&2
        exit 1
    fi
    "$tools/python/bin/python" tests/export/check.py "$folder" "$work/$name"
    node "$tools/mermaid.mjs" "$work/$name.mermaid"
done
