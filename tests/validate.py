"""What `validate.sh` needs besides the tools: scenarios to check, and a second look at the results."""

import json
import pathlib
import re
import shutil
import sys
import urllib.parse


def scenarios(folder):
    """A scenario that is right, and some whose names, texts and places are hard to write down."""
    here = pathlib.Path(__file__).resolve().parent.parent
    work = pathlib.Path(folder)
    shutil.copytree(here / "scenarios" / "starter", work / "clean")
    text = (work / "clean" / "scenario.yaml").read_text()
    hard = work / "a 50%, b#c" / "né\u202e <&>"
    hard.mkdir(parents=True)
    (hard / "scenario.yaml").write_text("\ufeff" + text.replace("summary:", "summry:", 1))
    plays = hard / "plays"
    plays.mkdir()
    (plays / "bad.play").write_text("# \U0001f691\r\nwiat \x1b[31m ]]>\r\n")
    shutil.copytree(work / "clean", work / "broken")
    # A rule that some exercises keep and some break.
    rule = "rules:\n  never_cut: {never: network == cut}\n"
    (work / "broken" / "scenario.yaml").write_text(re.sub(r"(?m)^rules:.*\n", rule, text, count=1))
    shutil.copytree(work / "clean", work / "wrong")
    (work / "wrong" / "plays" / "hopeful.play").write_text("seed 7\nwait\nexpect total 100000 # \ufffe\n")
    (work / "wrong" / "record.yaml").write_text("\U0001f691: [unclosed\n'\u0080")


def places(log):
    """The bytes that SARIF means by lines and columns, and those it means by offsets."""
    for result in log["runs"][0]["results"]:
        where = result["locations"][0]["physicalLocation"]
        region = where["region"]
        path = pathlib.Path(urllib.parse.unquote(where["artifactLocation"]["uri"]))
        if not path.exists():
            continue
        data = path.read_bytes().decode(errors="replace")
        lines = data.removeprefix("\ufeff").split("\n")
        mark = len(data) - len(data.removeprefix("\ufeff"))

        def at(line, column):
            before = sum(len(it) + 1 for it in lines[: line - 1])
            return mark + before + column - 1

        start = at(region["startLine"], region["startColumn"])
        end = at(region["endLine"], region["endColumn"])
        encoded = data.encode()
        offset = region["byteOffset"]
        by_bytes = encoded[offset : offset + region["byteLength"]].decode()
        if data[start:end] != by_bytes and (offset, start) != (0, mark):
            sys.exit(f"{path}: {data[start:end]!r} by columns, {by_bytes!r} by bytes")
        yield by_bytes


def results():
    from junitparser import JUnitXml

    for command in ("check", "test"):
        read = pathlib.Path(f"{command}.json").read_text()
        found = json.loads(read)
        log = json.loads(pathlib.Path(f"{command}.sarif").read_text())
        results = log["runs"][0]["results"]
        if len(results) != len(found["findings"]) or len(results) < 3:
            sys.exit(f"{command}: SARIF has {len(results)} results")
        if not any(list(places(log))):
            sys.exit(f"{command}: no place could be compared")
        annotations = pathlib.Path(f"{command}.github").read_text().splitlines()
        if len(annotations) != len(results) or not all(re.match("::(error|warning) file=", it) for it in annotations):
            sys.exit(f"{command}: {len(annotations)} annotations")
        suites = list(JUnitXml.fromfile(f"{command}.junit"))
        cases = [case for suite in suites for case in suite]
        failed = [case for case in cases if not case.is_passed]
        if sum(suite.tests for suite in suites) != len(cases) or sum(suite.failures for suite in suites) != len(failed):
            sys.exit(f"{command}: JUnit does not count what it holds")
        if command == "check" and len(failed) != found["summary"]["errors"]:
            sys.exit(f"{command}: JUnit has {len(failed)} failures")
        if not 0 < len(failed) < len(cases):
            sys.exit(f"{command}: {len(failed)} of {len(cases)} failed")
        print(f"{command}: {len(results)} results, {len(cases)} cases, {len(failed)} failures")


def readers(*folders):
    """PyYAML and ruamel.yaml, in YAML 1.1 and 1.2, read the same from every file."""
    import yaml
    from ruamel.yaml import YAML

    files = [file for folder in folders for file in sorted(pathlib.Path(folder).glob("**/*.yaml"))]
    if len(files) < len(folders):
        sys.exit(f"only {len(files)} files to read")
    for file in files:
        text = file.read_text()
        read = {"PyYAML": yaml.safe_load(text)}
        for version in ((1, 1), (1, 2)):
            ruamel = YAML(typ="safe", pure=True)
            ruamel.version = version
            read[f"ruamel.yaml, YAML {version}"] = ruamel.load(text)
        first, *others = (json.dumps(it, default=str, sort_keys=True) for it in read.values())
        for name, other in zip(list(read)[1:], others):
            if other != first:
                sys.exit(f"{file}: PyYAML and {name} read it differently")
    print(f"{len(files)} files are read the same")


def snippets(page):
    """The YAML of the page on CI, one file for each service."""
    blocks = re.findall(r"```yaml\n(.*?)```", pathlib.Path(page).read_text(), re.S)
    names = {"github.yml": "runs-on:", "gitlab.yml": "script:"}
    for name, holds in names.items():
        (block,) = [it for it in blocks if holds in it]
        pathlib.Path(name).write_text(block)


def hooks(manifest):
    """The hooks as local ones that run the program on the path."""
    import yaml

    all_hooks = yaml.safe_load(pathlib.Path(manifest).read_text())
    for hook in all_hooks:
        hook["language"] = "system"
    config = {"repos": [{"repo": "local", "hooks": all_hooks}]}
    pathlib.Path("hooks.yaml").write_text(yaml.safe_dump(config))


if __name__ == "__main__":
    commands = [scenarios, results, readers, snippets, hooks]
    {it.__name__: it for it in commands}[sys.argv[1]](*sys.argv[2:])
