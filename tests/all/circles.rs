//! No files of a module form a ring. A folder's index file and the files below it are one house: arrows between them do not
//! count. A name is followed through imports to the file that defines it; a re-export itself is not an arrow.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::scanner::{all_sources, bare, branches};

/// A path below `crate::`, as in `["engine", "look"]`.
type Names = Vec<String>;

/// The files of the sources and what they name, by module.
struct Modules {
    files: BTreeMap<Names, Named>,
    /// Modules with a file, and those written within one.
    known: BTreeSet<Names>,
}

/// What one file names.
#[derive(Default)]
struct Named {
    uses: Vec<Use>,
    /// Paths outside imports: the module around them, the path, and its line.
    paths: Vec<(Names, Names, usize)>,
    /// The modules written within the file.
    inner: BTreeSet<Names>,
}

/// One name that is imported.
struct Use {
    within: Names,
    path: Names,
    alias: String,
    is_public: bool,
    line: usize,
}

/// From one file to another, for a name on a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    from: Names,
    to: Names,
    name: String,
    line: usize,
}

impl Modules {
    fn new<'s>(sources: impl IntoIterator<Item = (&'s Path, &'s str)>) -> Self {
        let mut files = BTreeMap::new();
        for (file, source) in sources {
            let Ok(below) = file.strip_prefix("src") else {
                continue;
            };
            let module = below.with_extension("");
            let module: Names = module
                .iter()
                .map(|it| it.to_string_lossy().into_owned())
                .collect();
            if module != ["lib"] && module != ["main"] {
                let named = names_in(&bare(source), &module);
                files.insert(module, named);
            }
        }
        let inner = files.values().flat_map(|it: &Named| it.inner.iter());
        let known = files.keys().chain(inner).cloned().collect();
        Self { files, known }
    }

    /// A path as it is below `crate::`; none for one of another crate.
    fn absolute(&self, within: &[String], path: &[String]) -> Option<Names> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([within, rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|it| *it == "super").count();
                let base = &within[..within.len().checked_sub(ups)?];
                Some([base, &path[ups..]].concat())
            }
            _ => {
                let child = [within, &path[..1]].concat();
                self.known.contains(&child).then(|| [within, path].concat())
            }
        }
    }

    /// The same where the first word may also be the alias of an import.
    fn absolute_or_alias(&self, file: &Named, within: &[String], path: &[String]) -> Option<Names> {
        self.absolute(within, path).or_else(|| {
            let import = file.uses.iter().find(|it| it.alias == path[0])?;
            let module = self.absolute(&import.within, &import.path)?;
            Some([&module, &path[1..]].concat())
        })
    }

    /// The module that defines what a path names, through every import on the way: the files below an index file see its
    /// private imports too.
    fn definition(&self, path: &[String], steps_left: usize) -> Names {
        let ends = (0..=path.len()).rev();
        let length = ends.clone().find(|end| self.known.contains(&path[..*end]));
        let module = &path[..length.unwrap_or(0)];
        let Some(name) = path.get(module.len()).filter(|_| steps_left > 0) else {
            return module.to_vec();
        };
        let file = self.file_of(module);
        let uses = file
            .and_then(|it| self.files.get(it))
            .map_or(&[][..], |it| &it.uses);
        let import = uses
            .iter()
            .find(|it| it.alias == *name && it.within == module)
            .and_then(|it| self.absolute(&it.within, &it.path));
        match import {
            Some(to) if to != path[..=module.len()] => {
                self.definition(&[&to, &path[module.len() + 1..]].concat(), steps_left - 1)
            }
            _ => module.to_vec(),
        }
    }

    /// The file that a module is written in.
    fn file_of<'n>(&self, module: &'n [String]) -> Option<&'n [String]> {
        (1..=module.len())
            .rev()
            .map(|end| &module[..end])
            .find(|it| self.files.contains_key(*it))
    }

    /// Every arrow between two houses of one module, tests and fixtures left out.
    fn arrows(&self) -> BTreeSet<Arrow> {
        let is_test = |module: &[String]| module.iter().any(|it| it == "tests" || it == "fixture");
        let mut arrows = BTreeSet::new();
        for (from, file) in self.files.iter().filter(|(from, _)| !is_test(from)) {
            let imports = file.uses.iter().filter(|it| !it.is_public);
            let imports = imports.map(|it| (&it.within, &it.path, it.line));
            let named = file
                .paths
                .iter()
                .map(|(within, path, line)| (within, path, *line));
            for (within, path, line) in imports.chain(named) {
                let Some(target) = self.absolute_or_alias(file, within, path) else {
                    continue;
                };
                // An import of a whole module says nothing yet: the paths that begin with it do.
                if is_test(&within[from.len()..]) || self.known.contains(&target) {
                    continue;
                }
                let definition = self.definition(&target, 15);
                let Some(to) = self.file_of(&definition) else {
                    continue;
                };
                let is_house = to.starts_with(from) || from.starts_with(to);
                if to[0] == from[0] && !is_house && !is_test(to) {
                    arrows.insert(Arrow {
                        from: from.clone(),
                        to: to.to_vec(),
                        name: path.join("::"),
                        line,
                    });
                }
            }
        }
        arrows
    }

    /// The shortest ring through each file that is in one, each ring once.
    fn rings(&self) -> Vec<Vec<Arrow>> {
        let mut next: BTreeMap<Names, Vec<Arrow>> = BTreeMap::new();
        for arrow in self.arrows() {
            let all = next.entry(arrow.from.clone()).or_default();
            if all.iter().all(|known| known.to != arrow.to) {
                all.push(arrow);
            }
        }
        let mut seen = BTreeSet::new();
        let mut rings = Vec::new();
        for start in next.keys() {
            let Some(ring) = ring_through(start, &next) else {
                continue;
            };
            let files: BTreeSet<Names> = ring.iter().map(|it| it.from.clone()).collect();
            if seen.insert(files) {
                rings.push(ring);
            }
        }
        rings
    }
}

/// The shortest way from a file back to itself.
fn ring_through(start: &Names, next: &BTreeMap<Names, Vec<Arrow>>) -> Option<Vec<Arrow>> {
    let mut ways: Vec<Vec<Arrow>> = vec![Vec::new()];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let end = way.last().map_or(start, |arrow| &arrow.to);
            for arrow in next.get(end).into_iter().flatten() {
                let way = [&way[..], std::slice::from_ref(arrow)].concat();
                if arrow.to == *start {
                    return Some(way);
                }
                if seen.insert(&arrow.to) {
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}

/// Reads one file from top to bottom.
struct FileWalk<'s> {
    module: &'s [String],
    named: Named,
    /// The modules that are open in it, each with the depth of its brace.
    open: Vec<(usize, String)>,
    depth: usize,
    line: usize,
    /// The last two words or signs.
    before: [&'s str; 2],
}

/// What the file of a module names, from its source without comments and strings.
fn names_in(bare: &str, module: &[String]) -> Named {
    let mut walk = FileWalk {
        module,
        named: Named::default(),
        open: Vec::new(),
        depth: 0,
        line: 1,
        before: [""; 2],
    };
    let mut rest = bare;
    while let Some(first) = rest.chars().next() {
        rest = if first.is_alphabetic() || first == '_' {
            walk.word(rest)
        } else {
            walk.sign(rest, first)
        };
    }
    walk.named
}

impl<'s> FileWalk<'s> {
    fn within(&self) -> Names {
        let inner = self.open.iter().map(|(_, name)| name.clone());
        self.module.iter().cloned().chain(inner).collect()
    }

    fn sign(&mut self, rest: &'s str, sign: char) -> &'s str {
        match sign {
            '\n' => self.line += 1,
            '{' => {
                self.depth += 1;
                if self.before[0] == "mod" {
                    self.open.push((self.depth, self.before[1].to_owned()));
                    let inner = self.within();
                    self.named.inner.insert(inner);
                }
            }
            '}' => {
                self.open.pop_if(|(depth, _)| *depth == self.depth);
                self.depth = self.depth.saturating_sub(1);
            }
            _ => {}
        }
        let (sign_text, left) = rest.split_at(sign.len_utf8());
        if !sign.is_whitespace() {
            self.before = [self.before[1], sign_text];
        }
        left
    }

    fn word(&mut self, rest: &'s str) -> &'s str {
        let left = if let Some(tree) = rest.strip_prefix("use ") {
            self.import(tree)
        } else {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
            let path = rest[..end.unwrap_or(rest.len())].trim_end_matches(':');
            let names: Names = path.split("::").map(str::to_owned).collect();
            if names.len() > 1 && self.before != [":", ":"] {
                let within = self.within();
                self.named.paths.push((within, names, self.line));
            }
            &rest[path.len()..]
        };
        let word = &rest[..rest.len() - left.len()];
        self.line += word.matches('\n').count();
        self.before = [self.before[1], word];
        left
    }

    fn import(&mut self, tree: &'s str) -> &'s str {
        let mut found = Vec::new();
        let left = branches(tree, "", &mut |path| found.push(path));
        for path in found {
            let (path, alias) = path.split_once(" as ").unwrap_or((&path, ""));
            let mut path: Names = path.split("::").map(str::to_owned).collect();
            path.pop_if(|last| last == "self");
            let last = path.last().map_or("", String::as_str);
            let alias = if alias.is_empty() { last } else { alias };
            self.named.uses.push(Use {
                within: self.within(),
                alias: alias.to_owned(),
                path,
                is_public: ["pub", ")"].contains(&self.before[1]),
                line: self.line,
            });
        }
        left
    }
}

/// Each ring as lines: the file, the line, what it names there, and the file that defines it.
fn report(rings: &[Vec<Arrow>]) -> String {
    let path = |module: &Names| format!("src/{}.rs", module.join("/"));
    let arrow = |it: &Arrow| {
        let (from, to) = (path(&it.from), path(&it.to));
        format!("  {from}:{} names `{}`, which is in {to}", it.line, it.name)
    };
    let rings = rings.iter().map(|ring| {
        let arrows: Vec<String> = ring.iter().map(arrow).collect();
        format!("a ring of {} files:\n{}", ring.len(), arrows.join("\n"))
    });
    rings.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_files_of_a_module_form_a_ring() {
    let sources = all_sources();
    let sources = sources
        .iter()
        .map(|(file, source)| (file.as_path(), source.as_str()));
    let rings = Modules::new(sources).rings();
    assert!(rings.is_empty(), "{}", report(&rings));
}

/// The files of each ring in made-up sources, as paths below `src` without `.rs`.
fn rings(sources: &[(&str, &str)]) -> Vec<String> {
    let sources = sources
        .iter()
        .map(|(file, source)| (Path::new(file), *source));
    let rings = Modules::new(sources).rings();
    let files = |ring: &Vec<Arrow>| {
        let files = ring.iter().map(|arrow| arrow.from.join("/"));
        files.collect::<Vec<_>>().join(" ")
    };
    rings.iter().map(files).collect()
}

/// What is tried, made-up sources, and the files of the rings in them.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn a_ring_is_found_however_its_files_are_named() {
    let a = |source| ("src/m/a.rs", source);
    let b = |source| ("src/m/b.rs", source);
    let c = |source| ("src/m/c.rs", source);
    let index = (
        "src/m.rs",
        "mod a;\nmod b;\npub use b::B;\nuse b::Private;\nfn f() { a::x(); b::y(); }",
    );
    let cases: [Case; 11] = [
        (
            "super",
            &[a("use super::b::B;"), b("fn f() { super::a::x(); }")],
            &["m/a m/b"],
        ),
        (
            "crate, in braces",
            &[
                a("use crate::{m::b::B, n};"),
                b("use crate::m::{a::{A, C}};"),
            ],
            &["m/a m/b"],
        ),
        (
            "an alias of a module",
            &[
                a("use super::b as other;\nfn f() { other::y(); }"),
                b("use super::a::A;"),
            ],
            &["m/a m/b"],
        ),
        (
            "a module that is only imported",
            &[a("use super::b;"), b("use super::a::A;")],
            &[],
        ),
        (
            "a re-export",
            &[index, a("use super::B;"), b("use super::a::A;")],
            &["m/a m/b"],
        ),
        (
            "a private import of the index file",
            &[index, a("use super::Private;"), b("use super::a::A;")],
            &["m/a m/b"],
        ),
        (
            "index and children",
            &[index, a("use super::M;"), b("use crate::m::M;")],
            &[],
        ),
        (
            "three files",
            &[
                a("use super::b::B;"),
                b("use super::c::C;"),
                c("use super::a::A;"),
            ],
            &["m/a m/b m/c"],
        ),
        (
            "one way",
            &[a("use super::b::B;"), b("use super::c::C;"), c("")],
            &[],
        ),
        (
            "a child, by its own name and by self",
            &[
                ("src/m/a/inside.rs", "use crate::m::b::B;"),
                a("mod inside;\npub use self::inside::I;"),
                b("use super::a::I;"),
            ],
            &["m/a/inside m/b"],
        ),
        (
            "tests, comments and strings",
            &[
                a("use super::b::B;"),
                b(
                    "// super::a::A\nlet x = \"super::a::A\";\nmod tests { use super::super::a::A; }",
                ),
            ],
            &[],
        ),
    ];
    for (what, sources, expected) in cases {
        assert_eq!(rings(sources), expected, "{what}");
    }
}

#[test]
fn a_ring_is_reported_with_a_name_and_a_line_for_each_step() {
    let sources = [
        ("src/m/a.rs", "\nuse super::b::{B, C};"),
        ("src/m/b.rs", "fn f() {\n\n    super::a::x();\n}"),
    ];
    let sources = sources.map(|(file, source)| (Path::new(file), source));
    let expected = "a ring of 2 files:\n  src/m/a.rs:2 names `super::b::B`, which is in src/m/b.rs\n  \
        src/m/b.rs:3 names `super::a::x`, which is in src/m/a.rs";
    assert_eq!(report(&Modules::new(sources).rings()), expected);
}
