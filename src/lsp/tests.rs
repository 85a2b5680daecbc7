//! A cursor in a text and what the editor is answered. `¦` is the cursor.

mod completion;
mod renaming;
mod sessions;
mod showing;

use lsp_server::{Message, Notification, Request, RequestId};
use lsp_types::Position;
use serde_json::{Value, json};

use super::Server;
use super::position::{Encoding, LineIndex};

const CURSOR: &str = "¦";

/// A scenario in every kind of file. Nothing of it lies on a disk.
const FILES: [(&str, &str); 5] = [
    (
        "scenario.yaml",
        "format: 1
id: exercise  # allow missing-history: it is invented
title: An exercise
record: [{says: \"the exercise, all of it\", is: invented}]
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 5d
roles:
  lead: {title: Incident lead}
  tech: {title: Technical lead}
objectives:
  contain: {title: Contain *it*, worth: 100}
values:
  told: false
  citrix: {one_of: [open, mfa, cut], initial: open, title: Citrix}
  engineers: {min: 0, max: 9, initial: 9, title: Engineers}
board: [{lamp: citrix, good: [mfa]}, {gauge: engineers}]
actions:
  call_ncsc: {label: Call, consent: {of: lead, question: Do you agree?, within: 1h, default: refuse}, feedback: They know., do: [told = true]}
phases:
  access: {}
  outage:
    title: Outage
    ends: [{at: 1d, to: endex}]
endings:
  known: {title: Known, when: told, text: They know.}
  quiet: {title: Quiet, text: It is over.}
variants:
  ready: {title: Ready, initial: {citrix: mfa, told: true}}
",
    ),
    (
        "phases/access.yaml",
        "title: Access
injects:
  odd_logon:
    at: 30m
    to: [tech]
    by: Analyst
    via: alert
    title: Odd logon
    text: |
      Somebody is on 1 server.
    record: [{says: one server, is: documented, cites: [T-01]}]
    asks:
      question: What do you do?
      within: 2h
      default: watch
      options:
        watch: {label: Watch, feedback: You watch.}
        shut:
          label: Shut it
          needs: engineers >= 1 && citrix != cut
          uses: {engineers: 1}
          takes: 30m
          feedback: It is shut.
          then:
            - chance: luck
              outcomes:
                - {odds: 50, do: [citrix = cut], score: {contain: 100}, because: It was gone.}
                - {odds: 50, because: It was not.}
ends:
  - {when: chosen.odd_logon == shut && since(odd_logon) > 1h, to: outage}
  - {at: 1d, to: outage}
",
    ),
    (
        "record.yaml",
        "format: 1
sources: {NEWS: a newspaper}
entries:
  T-01: {says: It was 1 server., figures: [\"1\"], source: [NEWS], confidence: V}
",
    ),
    (
        "plays/good.play",
        "variant ready
wait for odd_logon
choose odd_logon shut
roll luck 1
take call_ncsc
choose call_ncsc.consent agree
wait until 2022-08-03 12:00
expect citrix cut
expect chosen odd_logon shut
expect score contain 100
expect phase outage
",
    ),
    ("phases/outage.yaml", ""),
];

/// An editor with these files open in a folder that is nowhere.
struct Editor {
    server: Server,
    texts: Vec<(String, String)>,
    version: i32,
}

impl Editor {
    /// The usual one.
    fn new() -> Self {
        Self::with(&FILES[..4], &json!({}))
    }

    fn with(files: &[(&str, &str)], capabilities: &Value) -> Self {
        let mut editor = Editor {
            server: Server::default(),
            texts: Vec::new(),
            version: 1,
        };
        let params = json!({"capabilities": capabilities});
        editor.ask("initialize", params).expect("it begins");
        for (file, text) in files {
            editor.open(file, text);
        }
        editor
    }

    fn open(&mut self, file: &str, text: &str) {
        self.texts.push((file.to_owned(), text.to_owned()));
        let item = json!({"uri": uri(file), "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": item}));
    }

    fn text(&self, file: &str) -> &str {
        let open = self.texts.iter().find(|(name, _)| name == file);
        &open.expect("it is open").1
    }

    /// Puts a whole text into the place of another one.
    fn write(&mut self, file: &str, text: &str) {
        self.version += 1;
        let document = json!({"uri": uri(file), "version": self.version});
        let changes = json!([{"text": text}]);
        let open = self.texts.iter_mut().find(|(name, _)| name == file);
        text.clone_into(&mut open.expect("it is open").1);
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    fn tell(&mut self, method: &str, params: Value) -> Vec<Message> {
        self.server
            .receive(Notification::new(method.into(), params).into())
    }

    /// The answer, or the words of the refusal.
    fn ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        let id = RequestId::from(1);
        let request = Request::new(id.clone(), method.into(), params);
        let mut answers = self.server.receive(request.into());
        let Some(Message::Response(response)) = answers.pop() else {
            panic!("a request is answered");
        };
        assert!(answers.is_empty() && response.id == id, "answered once");
        response.response_result.map_err(|error| error.message)
    }

    /// Asks about a byte of a file.
    fn ask_at(
        &mut self,
        method: &str,
        file: &str,
        at: usize,
        more: &Value,
    ) -> Result<Value, String> {
        let position = self.position(file, at);
        let mut params = json!({"textDocument": {"uri": uri(file)}, "position": position});
        let (params_map, more) = (params.as_object_mut(), more.as_object().cloned());
        params_map.expect("a map").extend(more.unwrap_or_default());
        self.ask(&format!("textDocument/{method}"), params)
    }

    fn position(&self, file: &str, at: usize) -> Position {
        LineIndex::new(self.text(file), Encoding::Utf16).position(at)
    }

    /// The byte in a file at which the cursor stands in a piece of its text.
    fn find(&self, file: &str, marked: &str) -> usize {
        let (before, after) = marked.split_once(CURSOR).expect("a cursor");
        let piece = format!("{before}{after}");
        let found = self.text(file).find(&piece);
        found.unwrap_or_else(|| panic!("no {piece:?} in {file}")) + before.len()
    }

    /// What is found, as `file:line:column rule` counted from 1.
    fn findings(&mut self) -> Vec<String> {
        let mut found = Vec::new();
        for message in self.server.findings() {
            let Message::Notification(Notification { method, params }) = message else {
                panic!("findings are sent, not asked for");
            };
            assert_eq!(method, "textDocument/publishDiagnostics");
            let path = params["uri"].as_str().expect("a place");
            let path = path.strip_prefix(ROOT).expect("in the folder").to_owned();
            for it in params["diagnostics"].as_array().expect("a list") {
                let start = &it["range"]["start"];
                let number = |name: &str| start[name].as_u64().expect("a number") + 1;
                let (line, column) = (number("line"), number("character"));
                let rule = it["code"].as_str().expect("a rule");
                found.push(format!("{path}:{line}:{column} {rule}"));
            }
        }
        found
    }
}

const ROOT: &str = "file:///nowhere/an%20exercise/";

fn uri(file: &str) -> String {
    format!("{ROOT}{file}")
}
