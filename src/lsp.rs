//! The checker as a language server: findings while somebody types, explanations, names and renaming.
//!
//! [`Server`] is a state machine: it takes a message and returns the answers, and it looks for findings when it is asked
//! to, which [`serve`] does when nobody is typing. It opens no file itself: [`crate::library`] reads the files beside the
//! open ones.

mod complete;
mod correct;
mod diagnose;
mod fragment;
mod hover;
mod language;
mod names;
mod params;
mod position;
mod rename;
mod symbol;
mod symbols;
mod uri;
mod workspace;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{MessageType, PositionEncodingKind, ResourceOperationKind};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use diagnose::LocatedFinding;
use params::{ChangeParams, DocumentParams, OpenParams};
use position::Encoding;
use uri::path_of;
use workspace::Workspace;

/// How long the editor must be silent before findings are looked for: not after every key, but soon enough to feel
/// immediate.
const QUIET: Duration = Duration::from_millis(40);

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LspStage {
    /// Before `initialize`.
    New,
    Open,
    /// After `shutdown`, before `exit`.
    ShutDown,
    /// After `exit`.
    Ended {
        /// Whether `shutdown` came first, as the protocol asks.
        well: bool,
    },
}

/// One conversation with an editor.
#[derive(Debug)]
pub struct Server {
    stage: LspStage,
    encoding: Encoding,
    /// Whether the editor can rename files as part of an edit.
    renames_files: bool,
    /// Whether the editor can report files that other programs change.
    watches_files: bool,
    workspace: Workspace,
    /// The scenarios that have changed since they were last checked.
    changed: BTreeSet<String>,
    /// What was last published to the editor, by scenario and file.
    published: BTreeMap<String, BTreeMap<String, Vec<LocatedFinding>>>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            stage: LspStage::New,
            encoding: Encoding::Utf16,
            renames_files: false,
            watches_files: false,
            workspace: Workspace::default(),
            changed: BTreeSet::new(),
            published: BTreeMap::new(),
        }
    }
}

/// Why a request is refused.
struct RequestError {
    code: ErrorCode,
    reason: String,
}

impl RequestError {
    fn new(code: ErrorCode, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
        }
    }
}

/// Serves one editor until it says `exit` or is gone. Returns whether the conversation ended as the protocol asks.
#[must_use]
pub fn serve(connection: &Connection) -> bool {
    let mut server = Server::default();
    loop {
        let message = if server.has_changes() {
            match connection.receiver.recv_timeout(QUIET) {
                Ok(message) => Some(message),
                Err(error) if error.is_timeout() => None,
                Err(_) => return false,
            }
        } else {
            match connection.receiver.recv() {
                Ok(message) => Some(message),
                Err(_) => return false,
            }
        };
        let answers = match message {
            Some(message) => server.receive(message),
            None => server.findings(),
        };
        for answer in answers {
            if connection.sender.send(answer).is_err() {
                return false;
            }
        }
        if let LspStage::Ended { well } = server.stage {
            return well;
        }
    }
}

impl Server {
    /// Handles a message of the editor, and returns what is to be sent at once.
    pub fn receive(&mut self, message: Message) -> Vec<Message> {
        match message {
            Message::Request(request) => vec![self.respond(request).into()],
            Message::Notification(notification) if notification.method == "initialized" => {
                self.watch().into_iter().collect()
            }
            Message::Notification(notification) => self.notification(notification),
            Message::Response(_) => Vec::new(),
        }
    }

    /// Whether something has changed since findings were published.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.stage == LspStage::Open && !self.changed.is_empty()
    }

    /// The findings of the scenarios that have changed, to be published.
    pub fn findings(&mut self) -> Vec<Message> {
        let mut messages = Vec::new();
        for root in std::mem::take(&mut self.changed) {
            let before = self.published.remove(&root).unwrap_or_default();
            let mut found = BTreeMap::new();
            if self.workspace.is_open(&root) {
                self.workspace.remember_outlines(&root);
                found = diagnose::findings(&self.workspace, &root, self.encoding);
            } else {
                // No file of the scenario is open any more.
                self.workspace.forget(&root);
            }
            let gone = before.keys().filter(|path| !found.contains_key(*path));
            messages.extend(gone.map(|path| self.publish(path, &[])));
            messages.extend(found.iter().map(|(path, all)| self.publish(path, all)));
            if !found.is_empty() {
                self.published.insert(root, found);
            }
        }
        messages
    }

    fn publish(&self, path: &str, findings: &[LocatedFinding]) -> Message {
        let diagnostics = findings.iter().map(LocatedFinding::as_sent);
        let diagnostics: Vec<Value> = diagnostics.collect();
        let mut params = json!({"uri": self.workspace.uri(path), "diagnostics": diagnostics});
        if let Some(version) = self.workspace.version(path) {
            params["version"] = json!(version);
        }
        Notification::new("textDocument/publishDiagnostics".into(), params).into()
    }

    /// Asks the editor to report when files of scenarios change on disk.
    fn watch(&self) -> Option<Message> {
        let params = json!({"registrations": [{
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": [{"globPattern": "**/*.{yaml,yml,play}"}]},
        }]});
        let request = Request::new(
            RequestId::from("watch".to_owned()),
            "client/registerCapability".into(),
            params,
        );
        (self.stage == LspStage::Open && self.watches_files).then(|| request.into())
    }

    fn respond(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let answer = match (self.stage, method.as_str()) {
            (LspStage::New, "initialize") => Ok(self.initialize(&params)),
            (LspStage::New, _) => Err(RequestError::new(
                ErrorCode::ServerNotInitialized,
                "the conversation has not begun",
            )),
            (LspStage::Open, "initialize") => Err(RequestError::new(
                ErrorCode::InvalidRequest,
                "the conversation has already begun",
            )),
            (LspStage::Open, "shutdown") => {
                self.stage = LspStage::ShutDown;
                Ok(Value::Null)
            }
            (LspStage::Open, _) => self.answer(&method, params),
            _ => Err(RequestError::new(
                ErrorCode::InvalidRequest,
                "the conversation is over",
            )),
        };
        match answer {
            Ok(answer) => Response::new_ok(id, answer),
            Err(error) => Response::new_err(id, error.code as i32, error.reason),
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        // Each ability is looked up by itself: one that is null, or that is described in an odd way, takes no other with it.
        let able = |path: &str| params["capabilities"].pointer(path).unwrap_or(&Value::Null);
        let has =
            |list: &Value, wanted: Value| list.as_array().is_some_and(|it| it.contains(&wanted));
        let encodings = able("/general/positionEncodings");
        if has(encodings, json!(PositionEncodingKind::UTF8)) {
            self.encoding = Encoding::Utf8;
        }
        let operations = able("/workspace/workspaceEdit/resourceOperations");
        self.renames_files = has(operations, json!(ResourceOperationKind::Rename));
        let watching = able("/workspace/didChangeWatchedFiles/dynamicRegistration");
        self.watches_files = *watching == json!(true);
        self.stage = LspStage::Open;
        json!({
            "serverInfo": {"name": "sandtable", "version": env!("CARGO_PKG_VERSION")},
            "capabilities": {
                "positionEncoding": self.encoding.name(),
                "textDocumentSync": {"openClose": true, "change": 2, "save": true},
                "hoverProvider": true,
                "completionProvider": {"triggerCharacters": [".", "(", "[", "{", " ", ",", "="]},
                "definitionProvider": true,
                "referencesProvider": true,
                "documentSymbolProvider": true,
                "renameProvider": {"prepareProvider": true},
                "codeActionProvider": {"codeActionKinds": ["quickfix"]},
            },
        })
    }

    fn answer(&self, method: &str, params: Value) -> Result<Value, RequestError> {
        Ok(match method {
            "textDocument/hover" => self.hover(&read(params)?),
            "textDocument/completion" => self.complete(&read(params)?),
            "textDocument/definition" => self.definition(&read(params)?),
            "textDocument/references" => self.references(&read(params)?),
            "textDocument/documentSymbol" => self.symbols(&read(params)?),
            "textDocument/prepareRename" => self.prepare_rename(&read(params)?),
            "textDocument/codeAction" => self.corrections(&read(params)?),
            "textDocument/rename" => self
                .rename(&read(params)?)
                .map_err(|reason| RequestError::new(ErrorCode::RequestFailed, reason))?,
            _ => {
                let reason = format!("`{method}` is not supported");
                return Err(RequestError::new(ErrorCode::MethodNotFound, reason));
            }
        })
    }

    /// Handles a notification. It has no answer, so one that cannot be carried out is reported to whoever sits at the
    /// editor: without a word, the editor and the server would go on with different texts.
    fn notification(&mut self, notification: Notification) -> Vec<Message> {
        let Notification { method, params } = notification;
        if method == "exit" {
            let well = self.stage == LspStage::ShutDown;
            self.stage = LspStage::Ended { well };
        }
        if self.stage != LspStage::Open {
            return Vec::new();
        }
        match self.document(&method, params) {
            Ok(()) => Vec::new(),
            Err(message) => vec![message],
        }
    }

    /// Takes what a notification says about documents.
    fn document(&mut self, method: &str, params: Value) -> Result<(), Message> {
        let unreadable = |error: RequestError| {
            let reason = error.reason;
            let text = format!(
                "sandtable: `{method}` of this editor cannot be read, so findings may be those of an older text. Close the \
                 file and open it again. ({reason})"
            );
            told("window/showMessage", MessageType::ERROR, &text)
        };
        match method {
            "textDocument/didOpen" => {
                let OpenParams { text_document: it } = read(params).map_err(unreadable)?;
                let Some(path) = path_of(&it.id.uri) else {
                    let uri = it.id.uri;
                    let text = format!(
                        "sandtable: `{uri}` is not a file, so it is not checked until it is saved as one"
                    );
                    return Err(told("window/logMessage", MessageType::INFO, &text));
                };
                self.workspace.open(&path, it);
                self.workspace.remember_outlines(&path);
                self.mark_changed(&path);
            }
            "textDocument/didChange" => {
                let params: ChangeParams = read(params).map_err(unreadable)?;
                let Some(path) = path_of(&params.text_document.uri) else {
                    return Ok(());
                };
                if !self.workspace.change(&path, params, self.encoding) {
                    let text = format!(
                        "sandtable: {path} has changed but was never opened. Close the file and open it again."
                    );
                    return Err(told("window/showMessage", MessageType::ERROR, &text));
                }
                self.mark_changed(&path);
            }
            "textDocument/didClose" => {
                let DocumentParams { text_document: it } = read(params).map_err(unreadable)?;
                if let Some(path) = path_of(&it.uri) {
                    self.mark_changed(&path);
                    self.workspace.close(&path);
                }
            }
            // Saving changes nothing for the open files, but other files may have changed on disk.
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                let roots = self.published.keys().cloned();
                self.changed.extend(roots);
                let homes = self.workspace.homes();
                self.changed.extend(homes.map(|home| home.root));
            }
            // The protocol has many others, which need nothing.
            _ => {}
        }
        Ok(())
    }

    /// Notes that the scenario of a file must be checked again.
    fn mark_changed(&mut self, path: &str) {
        let home = self.workspace.home(path);
        self.changed.extend(home.map(|home| home.root));
        // A file that no longer belongs to a scenario may still show findings that must be taken back.
        let published = self.published.iter();
        let published = published.filter(|(_, files)| files.contains_key(path));
        self.changed.extend(published.map(|(root, _)| root.clone()));
    }
}

/// A message for whoever sits at the editor.
fn told(method: &str, importance: MessageType, text: &str) -> Message {
    let params = json!({"type": importance, "message": text});
    Notification::new(method.into(), params).into()
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, RequestError> {
    T::deserialize(params)
        .map_err(|error| RequestError::new(ErrorCode::InvalidParams, error.to_string()))
}
