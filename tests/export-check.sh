#!/usr/bin/env bash
# What `sandtable export` writes, opened by programs of others: openpyxl and Python's csv, Graphviz, Mermaid itself, and a
# validator of JSON schemas. Takes the program's path. Every shipped scenario, and one of nasty texts.
set -euo pipefail
cd "$(dirname "$0")/.."
sandtable=$(realpath "${1:?the path of sandtable}")

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# What is missing is installed where that is allowed.
missing=()
dot -V >/dev/null 2>&1 || missing+=(graphviz)
python3 -m venv "$work/venv" >/dev/null 2>&1 || missing+=(python3-venv)
npm --version >/dev/null 2>&1 || missing+=(nodejs npm)
if [ ${#missing[@]} -gt 0 ]; then
    { apt-get update && apt-get install -y "${missing[@]}"; } >"$work/apt.log" 2>&1 || {
        tail -5 "$work/apt.log" >&2
        echo "cannot install ${missing[*]}: install them, and run this again" >&2
        exit 2
    }
    python3 -m venv "$work/venv"
fi
"$work/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 jsonschema==4.26.0 ruamel.yaml==0.19.1
cp tests/export/mermaid.mjs "$work/"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" mermaid@11.17.2 jsdom@29.1.1 >/dev/null

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
    "$work/venv/bin/python" tests/export/check.py "$folder" "$work/$name"
    node "$work/mermaid.mjs" "$work/$name.mermaid"
done
