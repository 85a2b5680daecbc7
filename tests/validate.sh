#!/usr/bin/env bash
# Other people's programs read what is written: the official SARIF schema, a JUnit reader, the schemas of the CI
# services, and pre-commit. `tests/validate.sh PROGRAM`, from anywhere; the tools are those of `tests/tools.sh`.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
repository=$PWD

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

tools=$(tests/tools.sh)
mkdir "$folder/bin"
ln -s "$program" "$folder/bin/sandtable"
export PATH="$folder/bin:$tools/python/bin:$PATH"
sarif=$tools/sarif.json

# A pattern in it is not one where patterns are read as Unicode.
valid_sarif() {
    check-jsonschema --regex-variant nonunicode --schemafile "$sarif" "$1"
}

# Exit codes 0 and 1 are results.
result() {
    local file=$1 code=0
    shift
    sandtable "$@" >"$file" || code=$?
    [ "$code" -le 1 ]
}

python3 tests/validate.py scenarios "$folder/work"
cd "$folder/work"
for command in check test; do
    for format in sarif json junit github; do
        result "$command.$format" "$command" . clean --format "$format"
    done
    valid_sarif "$command.sarif"
    check-jsonschema --schemafile "$repository/docs/findings.schema.json" "$command.json"
done
# A schema that takes everything would not be one.
sed 's/"startLine": /"startLine": -/' check.sarif >wrong.sarif
valid_sarif wrong.sarif >/dev/null && exit 1 || [ $? = 1 ]
sandtable check missing . --format sarif >trouble.sarif && exit 1 || [ $? = 2 ]
valid_sarif trouble.sarif
sandtable check - --format sarif <clean/scenario.yaml >input.sarif || [ $? = 1 ]
valid_sarif input.sarif
python3 "$repository/tests/validate.py" results

# What an exercise cost, with and without a change, and what was explored: whole, in part, and at random.
valid() {
    check-jsonschema --schemafile "$repository/docs/$1.schema.json" "$2"
}
sandtable play starter --plain --seed 7 --journal a.jsonl <<<'wait until 2024-03-08 12:00' >/dev/null
sandtable account a.jsonl --json >account.json
sandtable account a.jsonl --json --best-from 1 >best.json
sandtable account a.jsonl --json --what-if '1: wait' --then same >what-if.json
sandtable account a.jsonl --json --states-max 1 >unknown.json
for file in account best what-if unknown; do
    valid account "$file.json"
done
result explored.json explore starter --json --sample 1000
result partial.json explore starter --json --sample 0 --states-max 50
result cut.json explore starter --json --sample 10 --cut the_week
result played.json explore starter --json --plays 1000
result broken.json explore broken --json --plays 1000
grep -q '"first_broken": {' broken.json
for file in explored partial cut played broken; do
    valid explore "$file.json"
done
# These schemas, too, do not take everything.
sed 's/"points": /"pts": /' account.json >wrong.json
valid account wrong.json >/dev/null && exit 1 || [ $? = 1 ]
sed 's/"first": /"frist": /' broken.json >wrong.json
valid explore wrong.json >/dev/null && exit 1 || [ $? = 1 ]
sed 's/"whole": true/"whole": 1/' explored.json >wrong.json
valid explore wrong.json >/dev/null && exit 1 || [ $? = 1 ]

# Other readers of YAML take what is shipped, and what `new` writes, for the same.
sandtable new "written/by new/drill" >/dev/null
yaml=("$repository"/scenarios/*/ "written/by new/drill")
python3 "$repository/tests/validate.py" readers "${yaml[@]}"
find "${yaml[@]}" -name '*.yaml' -print0 |
    xargs -0 yamllint --strict -d '{extends: default, rules: {line-length: disable, document-start: disable}}'

# The snippets for CI are what the services take.
python3 "$repository/tests/validate.py" snippets "$repository/docs/ci.md"
check-jsonschema --builtin-schema vendor.github-workflows github.yml
check-jsonschema --builtin-schema vendor.gitlab-ci gitlab.yml

# The hooks, as pre-commit runs them, but with the program that was built already.
pre-commit validate-manifest "$repository/.pre-commit-hooks.yaml"
python3 "$repository/tests/validate.py" hooks "$repository/.pre-commit-hooks.yaml"
export HOME=$folder GIT_CONFIG_NOSYSTEM=1
git init --quiet hooked
cp -r clean hooked/exercise
cp hooks.yaml hooked/.pre-commit-config.yaml
(
    cd hooked
    git add .
    pre-commit run --all-files
    sed -i 's/^title:/titel:/' exercise/scenario.yaml
    pre-commit run --all-files && exit 1 || [ $? = 1 ]
)
echo "SARIF, JUnit, JSON, accounts, explorations, snippets and hooks are valid"
