//! rust-analyzer as an editor talks to it: the Language Server Protocol over its standard input and output.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A running rust-analyzer.
pub(crate) struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    requests: u64,
}

impl Server {
    /// Starts it in the folder of a package, whose dependencies are compiled in `target`, and waits until it has read all.
    pub(crate) fn start(folder: &Path, target: &Path) -> Self {
        let mut command = Command::new("rust-analyzer");
        command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let how = "rust-analyzer is needed: `rustup component add rust-analyzer rust-src`";
        let mut process = command.spawn().expect(how);
        let input = process.stdin.take().expect("it was piped");
        let output = BufReader::new(process.stdout.take().expect("it was piped"));
        let mut server = Server { process, input, output, requests: 0 };
        server.request(
            "initialize",
            json!({
                "processId": std::process::id(),
                "rootUri": uri(folder),
                "capabilities": {
                    "experimental": { "serverStatusNotification": true },
                    "textDocument": { "definition": { "linkSupport": false }, "diagnostic": {} },
                },
                "initializationOptions": {
                    "cachePriming": { "enable": false },
                    "cargo": { "extraEnv": { "CARGO_TARGET_DIR": target, "CARGO_NET_OFFLINE": "true" } },
                    "checkOnSave": false,
                },
            }),
        );
        server.notify("initialized", json!({}));
        server.wait_until_quiet();
        server
    }

    /// Opens a file, or gives an open one another text.
    pub(crate) fn open(&mut self, file: &Path, text: &str) {
        let document = json!({ "uri": uri(file), "languageId": "rust", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Closes a file.
    pub(crate) fn close(&mut self, file: &Path) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(file) } }));
    }

    /// What could be typed at a place.
    pub(crate) fn completions(&mut self, file: &Path, place: Value) -> Vec<String> {
        let found = self.request("textDocument/completion", at(file, place));
        let items = found["items"].as_array().cloned().unwrap_or_default();
        // The name alone, without what is shown of its type.
        let name = |item: &Value| item["filterText"].as_str().or(item["label"].as_str()).unwrap_or_default().to_owned();
        items.iter().map(name).collect()
    }

    /// Where what stands at a place is defined: the file, and the line counted from 0.
    pub(crate) fn definitions(&mut self, file: &Path, place: Value) -> Vec<(String, u64)> {
        let found = self.request("textDocument/definition", at(file, place));
        let places = found.as_array().cloned().unwrap_or_default();
        places
            .iter()
            .map(|place| {
                let line = place["range"]["start"]["line"].as_u64().unwrap_or_default();
                (place["uri"].as_str().unwrap_or_default().to_owned(), line)
            })
            .collect()
    }

    /// The lines, counted from 0, with errors, and what they are.
    pub(crate) fn errors(&mut self, file: &Path) -> Vec<(u64, String)> {
        let found = self.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri(file) } }));
        let found = found["items"].as_array().cloned().unwrap_or_default();
        let errors = found.iter().filter(|found| found["severity"] == 1);
        errors
            .map(|error| {
                let line = error["range"]["start"]["line"].as_u64().unwrap_or_default();
                (line, error["message"].as_str().unwrap_or_default().to_owned())
            })
            .collect()
    }

    /// Waits until it has nothing left to read or to compile.
    fn wait_until_quiet(&mut self) {
        loop {
            let message = self.receive();
            if message["method"] != "experimental/serverStatus" {
                continue;
            }
            let status = &message["params"];
            assert_ne!(status["health"], "error", "rust-analyzer could not read the package: {status}");
            if status["quiescent"] == true {
                return;
            }
        }
    }

    /// Asks, and gives the answer. What changed meanwhile is asked about again, as editors do.
    fn request(&mut self, method: &str, params: Value) -> Value {
        /// The answer's code where what is asked about has changed.
        const CONTENT_MODIFIED: i64 = -32801;
        loop {
            self.requests += 1;
            let id = self.requests;
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
            let answer = loop {
                let message = self.receive();
                if message["id"] == id && message.get("method").is_none() {
                    break message;
                }
            };
            match answer.get("error") {
                None => return answer["result"].clone(),
                Some(error) if error["code"] == CONTENT_MODIFIED => {}
                Some(error) => panic!("{method}: {error}"),
            }
        }
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("rust-analyzer reads");
        self.input.flush().expect("rust-analyzer reads");
    }

    /// The next message. What the server asks for is answered with nothing.
    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("rust-analyzer writes");
            assert_ne!(read, 0, "rust-analyzer ended; is it installed? `rustup component add rust-analyzer rust-src`");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", number)) => length = number.parse().expect("a length is a number"),
                Some(_) => {}
                None => break,
            }
        }
        let mut text = vec![0; length];
        self.output.read_exact(&mut text).expect("rust-analyzer writes as much as it said");
        let message: Value = serde_json::from_slice(&text).expect("rust-analyzer writes JSON");
        if message.get("method").is_some() && message.get("id").is_some() {
            self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": null }));
        }
        message
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn at(file: &Path, place: Value) -> Value {
    json!({ "textDocument": { "uri": uri(file) }, "position": place })
}
