//! `sandtable lsp`: conversations over standard input and output.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::process::{ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::program::{Call, SILENT, Text, command, folder};

/// Messages as they go over the wire.
fn framed(messages: &[Value]) -> String {
    let mut text = String::new();
    for message in messages {
        let message = message.to_string();
        let _ = write!(text, "Content-Length: {}\r\n\r\n{message}", message.len());
    }
    text
}

fn initialize() -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
}

fn shutdown() -> Value {
    json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"})
}

fn exit() -> Value {
    json!({"jsonrpc": "2.0", "method": "exit"})
}

#[test]
fn how_a_conversation_ends_is_the_exit_code() {
    let cases: [(&[Value], i32); 3] = [
        (&[initialize(), shutdown(), exit()], 0),
        (&[initialize(), exit()], 1),
        (&[initialize()], 1),
    ];
    for (messages, code) in cases {
        let call = Call {
            arguments: &["lsp", "--stdio"],
            input: &framed(messages),
            code,
            stdout: Text::Holds(&["Content-Length: ", "\"id\":1", "\"renameProvider\""]),
            stderr: Text::Is(""),
        };
        call.run(folder().path());
    }
}

#[test]
fn what_is_no_message_ends_it_with_a_word() {
    let call = Call {
        arguments: &["lsp"],
        input: "format: 1\n",
        code: 2,
        stderr: Text::Holds(&[
            "error: the connection to the editor broke: ",
            "hint: This command is started by an editor; `docs/editors.md` says how.",
        ]),
        ..SILENT
    };
    call.run(folder().path());
}

#[test]
fn findings_come_while_nobody_types() {
    let folder = folder();
    let mut child = command(env!("CARGO_BIN_EXE_sandtable"), folder.path())
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("it was asked for");
    let mut output = BufReader::new(child.stdout.take().expect("it was asked for"));
    let uri = "file:///nowhere/drill.yaml";
    let text = "format: 1\nstartex: 2022-08-02 21:00\ntitel: A drill\n";
    let document = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
    let open = json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}});
    let mut say = |messages: &[Value]| {
        let text = framed(messages);
        input.write_all(text.as_bytes()).expect("it listens");
    };
    say(&[initialize(), open]);
    let told = loop {
        let message = read(&mut output);
        if message["method"] == "textDocument/publishDiagnostics" {
            break message;
        }
    };
    let found = told["params"]["diagnostics"].as_array().expect("a list");
    let unknown = found.iter().find(|it| it["code"] == "unknown-field");
    assert_eq!(
        unknown.expect("it is found")["range"]["start"],
        json!({"line": 2, "character": 0})
    );
    say(&[shutdown(), exit()]);
    assert_eq!(read(&mut output)["result"], json!(null));
    assert!(child.wait().expect("it ends").success());
}

/// The next message.
fn read(output: &mut BufReader<ChildStdout>) -> Value {
    let mut length = 0;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        match line.trim().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().expect("a number"),
            Some(_) => {}
            None => break,
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).expect("a message");
    serde_json::from_slice(&bytes).expect("JSON")
}
