"""Opens what `sandtable export` wrote: check.py SCENARIO_FOLDER PREFIX, where PREFIX.msel-csv and so on lie."""

import csv
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

import jsonschema
import openpyxl
from ruamel.yaml import YAML

folder, prefix = pathlib.Path(sys.argv[1]), sys.argv[2]
name = folder.name
scenario = YAML(typ="safe", pure=True).load(folder / "scenario.yaml")

# The scenario, read by somebody else's YAML: what is seen by somebody.
shown, asked = {}, 0
for id, phase in scenario["phases"].items():
    if not phase:
        phase = YAML(typ="safe", pure=True).load(folder / "phases" / f"{id}.yaml")
    message = {"to", "by", "via", "title", "text", "expect"}
    for inject, fields in (phase.get("injects") or {}).items():
        asked += "asks" in fields
        if message & set(fields) or "asks" in fields:
            shown[inject] = fields
    for decision, fields in (phase.get("decisions") or {}).items():
        asked += 1
        shown[decision] = fields

HEADER = ["Phase", "Number", "Time", "Inject", "From", "To", "Channel", "Text", "Expected action", "Expected decision",
          "Objective", "Source", "Id"]

# CSV.
raw = pathlib.Path(prefix + ".msel-csv").read_bytes()
assert raw.startswith(b"\xef\xbb\xbf"), "no byte order mark"
with open(prefix + ".msel-csv", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file, strict=True))
assert rows[0] == HEADER, rows[0]
ids = [row[-1] for row in rows[1:]]
assert sorted(ids) == sorted(shown), set(ids) ^ set(shown)
assert [row[1] for row in rows[1:]] == [str(at + 1) for at in range(len(shown))]
assert all(len(row) == len(HEADER) for row in rows)
assert sum(bool(row[9]) for row in rows[1:]) == asked
for row in rows[1:]:
    for cell in row:
        assert not cell or cell[0] not in "=+-@\t\r", cell
    title = shown[row[-1]].get("title")
    assert title is None or row[3].removeprefix("'") == title, (row[3], title)

# XLSX.
book = openpyxl.load_workbook(open(prefix + ".msel-xlsx", "rb"))
assert book.sheetnames == ["MSEL", "Actions", "Roles and objectives", "Behind the scenes"], book.sheetnames
sheet = book["MSEL"]
cells = [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]
assert cells[0] == HEADER, cells[0]
unguarded = [[cell[1:] if cell[:2] in {"'" + sign for sign in "=+-@"} else cell for cell in row] for row in rows[1:]]
assert cells[1:] == unguarded, "the workbook and the CSV differ"
for sheet in book:
    assert all(cell.data_type in {"s", "n"} and (cell.data_type == "s" or cell.value is None)
               for row in sheet.iter_rows() for cell in row), f"{sheet.title}: a cell is no text"
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, sheet.title
    assert all(cell.font.b and cell.alignment.wrap_text for cell in sheet[1]), sheet.title
    assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$1:$1", sheet.title
    assert "EXERCISE" in sheet.oddHeader.center.text and "EXERCISE" in sheet.oddFooter.center.text, sheet.title
    widths = {at: it.width for it in sheet.column_dimensions.values() for at in range(it.min, it.max + 1)}
    assert all(widths[cell.column] >= 5 for cell in sheet[1])
    # LibreOffice shows one line of a row that has no height.
    for row in sheet.iter_rows(min_row=2):
        lines = max(len(cell.value or "") / widths[cell.column] for cell in row)
        assert (sheet.row_dimensions[row[0].row].height or 15) >= min(409, 15 * lines), (sheet.title, row[0].row)
assert book["Actions"].max_row == 1 + len(scenario.get("actions") or {})
assert book["Roles and objectives"].max_row == 1 + len(scenario["roles"]) + len(scenario["objectives"])

# Graphviz: as many nodes in the picture as in the text, and titles as they were written.
picture = xml.etree.ElementTree.parse(prefix + ".svg").getroot()
svg = "{http://www.w3.org/2000/svg}"
groups = [group.get("class") for group in picture.iter(svg + "g")]
dot = pathlib.Path(prefix + ".dot").read_text(encoding="utf-8")
assert groups.count("node") == len(re.findall(r"^ +n\d+ \[", dot, re.M)), groups.count("node")
assert groups.count("edge") == len(re.findall(r"^ +n\d+ -> n\d+ \[", dot, re.M)), groups.count("edge")
words = " ".join("".join(text.itertext()) for text in picture.iter(svg + "text")).split()
for title in [scenario["title"], *(action["label"] for action in (scenario.get("actions") or {}).values())]:
    wanted = title.split()
    assert any(words[at:at + len(wanted)] == wanted for at in range(len(words))), title

# The layer.
layer = json.loads(pathlib.Path(prefix + ".navigator").read_text(encoding="utf-8"))
schema = json.loads((pathlib.Path(__file__).parent.parent / "schemas" / "navigator-layer.schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.validate(layer, schema)
techniques = [technique["techniqueID"] for technique in layer["techniques"]]
assert techniques and len(techniques) == len(set(techniques)), techniques
named = {line.split()[-1] for fields in shown.values() for line in fields.get("maps", [])}
assert {id for id in named if re.fullmatch(r"T\d{4}(\.\d{3})?", id)} <= set(techniques), named

print(f"{name}: openpyxl and csv read {len(shown)} injects; dot draws {groups.count('node')} nodes and "
      f"{groups.count('edge')} edges; the layer holds {len(techniques)} techniques")
