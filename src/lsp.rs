//! The checker as a language server: findings while somebody types, explanations, names and renaming.
//!
//! [`Server`] is a machine: a message in, messages out, and findings when it is told that nobody types just now. It
//! opens no file itself: [`crate::library`] reads what lies beside the open ones. [`serve`] joins it to a connection.

mod complete;
mod correct;
mod diagnose;
mod fragment;
mod hover;
mod language;
mod mentions;
mod names;
mod plays;
mod position;
mod rename;
mod symbols;
mod workspace;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CodeActionParams, CompletionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentSymbolParams, GotoDefinitionParams, HoverParams,
    InitializeParams, PositionEncodingKind, ReferenceParams, ResourceOperationKind,
    TextDocumentPositionParams,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use diagnose::LocatedFinding;
use position::Encoding;
use workspace::Workspace;

/// Findings are looked for when nothing has come for so long: not for every key of a word, and still at once.
const QUIET: Duration = Duration::from_millis(40);

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LspStage {
    /// Nothing was said yet.
    New,
    /// At work.
    Open,
    /// Asked to stop, and waiting to be let go.
    ShutDown,
    /// Let go.
    Ended {
        /// Whether it was asked to stop before.
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
    /// Whether it can be asked to say which files were changed by others.
    watches_files: bool,
    workspace: Workspace,
    /// Scenarios that have changed since they were checked.
    changed: BTreeSet<String>,
    /// What the editor was told last, by scenario and file.
    told: BTreeMap<String, BTreeMap<String, Vec<LocatedFinding>>>,
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
            told: BTreeMap::new(),
        }
    }
}

/// A request that is refused: the reason, for whoever asked.
struct RequestError(String);

/// Serves one editor until it lets go or is gone. Whether the conversation ended as it should.
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
            Some(message) => server.take(message),
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
    /// Takes what the editor says; what is answered at once.
    pub fn take(&mut self, message: Message) -> Vec<Message> {
        match message {
            Message::Request(request) => vec![self.request(request).into()],
            Message::Notification(notification) if notification.method == "initialized" => {
                self.watch().into_iter().collect()
            }
            Message::Notification(notification) => {
                self.notification(notification);
                Vec::new()
            }
            Message::Response(_) => Vec::new(),
        }
    }

    /// Whether something has changed since findings were told.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.stage == LspStage::Open && !self.changed.is_empty()
    }

    /// The findings of what has changed.
    pub fn findings(&mut self) -> Vec<Message> {
        let mut messages = Vec::new();
        for root in std::mem::take(&mut self.changed) {
            let before = self.told.remove(&root).unwrap_or_default();
            let mut found = BTreeMap::new();
            if self.workspace.is_open(&root) {
                self.workspace.look(&root);
                found = diagnose::findings(&self.workspace, &root, self.encoding);
            } else {
                // Nobody looks at the scenario any more.
                self.workspace.forget(&root);
            }
            let gone = before.keys().filter(|path| !found.contains_key(*path));
            messages.extend(gone.map(|path| self.publish(path, &[])));
            messages.extend(found.iter().map(|(path, told)| self.publish(path, told)));
            if !found.is_empty() {
                self.told.insert(root, found);
            }
        }
        messages
    }

    fn publish(&self, path: &str, told: &[LocatedFinding]) -> Message {
        let diagnostics: Vec<_> = told.iter().map(|it| &it.diagnostic).collect();
        let mut params = json!({"uri": self.workspace.uri(path), "diagnostics": diagnostics});
        if let Some(version) = self.workspace.version(path) {
            params["version"] = json!(version);
        }
        Notification::new("textDocument/publishDiagnostics".into(), params).into()
    }

    /// Asks the editor to say when files of scenarios change on disk.
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

    fn request(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        match (self.stage, method.as_str()) {
            (LspStage::New, "initialize") => self.initialize(id, params),
            (LspStage::New, _) => {
                let reason = "the conversation has not begun";
                refusal(id, ErrorCode::ServerNotInitialized, reason)
            }
            (LspStage::Open, "initialize") => {
                let reason = "the conversation has begun already";
                refusal(id, ErrorCode::InvalidRequest, reason)
            }
            (LspStage::Open, "shutdown") => {
                self.stage = LspStage::ShutDown;
                Response::new_ok(id, Value::Null)
            }
            (LspStage::Open, _) => self.answer(id, &method, params),
            _ => refusal(id, ErrorCode::InvalidRequest, "the conversation is over"),
        }
    }

    fn initialize(&mut self, id: RequestId, params: Value) -> Response {
        // What an editor says about itself that cannot be understood counts as not said.
        let params = InitializeParams::deserialize(params).unwrap_or_default();
        let general = params.capabilities.general;
        let encodings = general.and_then(|general| general.position_encodings);
        if encodings.is_some_and(|all| all.contains(&PositionEncodingKind::UTF8)) {
            self.encoding = Encoding::Utf8;
        }
        let workspace = params.capabilities.workspace.unwrap_or_default();
        let edits = workspace.workspace_edit;
        let operations = edits.and_then(|edits| edits.resource_operations);
        self.renames_files =
            operations.is_some_and(|all| all.contains(&ResourceOperationKind::Rename));
        let watching = workspace.did_change_watched_files;
        self.watches_files = watching.is_some_and(|it| it.dynamic_registration == Some(true));
        self.stage = LspStage::Open;
        let result = json!({
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
        });
        Response::new_ok(id, result)
    }

    fn answer(&mut self, id: RequestId, method: &str, params: Value) -> Response {
        let answer = match method {
            "textDocument/hover" => read(params).map(|params: HoverParams| self.hover(&params)),
            "textDocument/completion" => {
                read(params).map(|params: CompletionParams| self.complete(&params))
            }
            "textDocument/definition" => {
                read(params).map(|params: GotoDefinitionParams| self.definition(&params))
            }
            "textDocument/references" => {
                read(params).map(|params: ReferenceParams| self.references(&params))
            }
            "textDocument/documentSymbol" => {
                read(params).map(|params: DocumentSymbolParams| self.symbols(&params))
            }
            "textDocument/prepareRename" => {
                read(params).map(|params: TextDocumentPositionParams| self.prepare_rename(&params))
            }
            "textDocument/codeAction" => {
                read(params).map(|params: CodeActionParams| self.corrections(&params))
            }
            "textDocument/rename" => match read(params) {
                Ok(params) => match self.rename(&params) {
                    Ok(edit) => Ok(edit),
                    Err(RequestError(reason)) => {
                        return refusal(id, ErrorCode::RequestFailed, &reason);
                    }
                },
                Err(error) => Err(error),
            },
            _ => {
                let reason = format!("`{method}` is not offered");
                return refusal(id, ErrorCode::MethodNotFound, &reason);
            }
        };
        match answer {
            Ok(answer) => Response::new_ok(id, answer),
            Err(reason) => refusal(id, ErrorCode::InvalidParams, &reason),
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        if method == "exit" {
            let well = self.stage == LspStage::ShutDown;
            self.stage = LspStage::Ended { well };
        }
        if self.stage != LspStage::Open {
            return;
        }
        // There is nobody to be told that a notification makes no sense.
        match method.as_str() {
            "textDocument/didOpen" => {
                if let Ok(DidOpenTextDocumentParams { text_document: it }) = read(params) {
                    let path = self.workspace.open(it.uri, it.version, it.text);
                    if let Some(path) = &path {
                        self.workspace.look(path);
                    }
                    self.touch(path);
                }
            }
            "textDocument/didChange" => {
                if let Ok(params) = read::<DidChangeTextDocumentParams>(params) {
                    let path = self.workspace.change(params, self.encoding);
                    self.touch(path);
                }
            }
            "textDocument/didClose" => {
                if let Ok(DidCloseTextDocumentParams { text_document: it }) = read(params) {
                    let path = Workspace::path(&it.uri);
                    self.touch(path.clone());
                    if let Some(path) = path {
                        self.workspace.close(&path);
                    }
                }
            }
            // What is open counts, not what is saved; but what is not open may have changed too.
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                let roots = self.told.keys().cloned();
                self.changed.extend(roots);
                let homes = self.workspace.homes();
                self.changed.extend(homes.map(|home| home.root));
            }
            _ => {}
        }
    }

    /// The scenario of a file is to be checked again.
    fn touch(&mut self, path: Option<String>) {
        let Some(path) = path else { return };
        let home = self.workspace.home(&path);
        self.changed.extend(home.map(|home| home.root));
        // Something may still be said of it, though it is no part of a scenario any more.
        let told = self
            .told
            .iter()
            .filter(|(_, files)| files.contains_key(&path));
        self.changed.extend(told.map(|(root, _)| root.clone()));
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    T::deserialize(params).map_err(|error| error.to_string())
}

fn refusal(id: RequestId, code: ErrorCode, reason: &str) -> Response {
    Response::new_err(id, code as i32, reason.to_owned())
}
