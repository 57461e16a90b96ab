//! A program as its own tool: what `App` prints, where, and how it exits.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The example `hello`, which cargo builds with the tests: examples with tests of their own it builds as such only.
fn hello(arguments: &[&str]) -> Command {
    let test = std::env::current_exe().expect("a test knows its own path");
    let target = test.parent().and_then(|deps| deps.parent()).expect("a test lies in `deps`");
    let program = target.join("examples").join(format!("hello{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "`cargo test --workspace` builds the examples; `cargo build --examples` does too");
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    command
}

/// What a command writes to standard output and standard error, and its exit code.
fn run(command: &mut Command) -> (String, String, Option<i32>) {
    let Output { status, stdout, stderr } = command.output().expect("the example can be run");
    let text = |bytes| String::from_utf8(bytes).expect("the output is text");
    (text(stdout), text(stderr), status.code())
}

/// A new directory, which is removed when the test ends.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("workflow-cli-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a directory can be made");
        Directory(path)
    }

    fn text(&self) -> &str {
        self.0.to_str().expect("the temporary directory has a name in UTF-8")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // Nothing depends on it being gone.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn run_prints_the_output_alone() {
    for input in [["--input", r#""Ada""#], ["--input", r#"  "Ada" "#]] {
        let found = run(&mut hello(&[&["run", "Hello"], &input[..]].concat()));
        assert_eq!(found, ("\"Hello, Ada!\"\n".to_owned(), String::new(), Some(0)));
    }
}

#[test]
fn run_reads_a_file_or_standard_input() {
    let directory = Directory::new("input");
    let file = directory.0.join("input.json");
    std::fs::write(&file, r#""Ada""#).expect("a file can be written");
    let path = file.to_str().expect("the path is UTF-8");
    assert_eq!(run(&mut hello(&["run", "--input", path])).0, "\"Hello, Ada!\"\n");
    std::fs::write(&file, "\"Ada\"\n").expect("a file can be written");
    let events = run(&mut hello(&["run", "--verbose", "--input", path])).1;
    assert!(events.contains("    1 ExecutionStarted \"Ada\"\n    2 "), "{events}");
    let from_file = std::fs::File::open(&file).expect("the file is there");
    assert_eq!(run(hello(&["run", "--input", "-"]).stdin(from_file)).0, "\"Hello, Ada!\"\n");
    std::fs::write(&file, "Ada").expect("a file can be written");
    let (_, error, code) = run(&mut hello(&["run", "--input", path]));
    let expected = format!("error: the input in {path} is not JSON: expected value at line 1 column 1\n");
    assert_eq!((error, code), (expected, Some(1)));
}

#[test]
fn run_says_each_event_when_it_is_asked_to() {
    let (output, events, code) = run(&mut hello(&["run", "--verbose", "--input", r#""Ada""#]));
    assert_eq!((output.as_str(), code), ("\"Hello, Ada!\"\n", Some(0)));
    let (id, events) = events.split_once('\n').expect("the first line is the identity");
    assert!(id.starts_with("Hello:"), "{id}");
    let expected = [
        r#"    1 ExecutionStarted "Ada""#,
        r#"    2 TaskStateEntered Greet "Ada""#,
        r#"    3 TaskScheduled"#,
        r#"    4 TaskStarted"#,
        r#"    5 TaskSucceeded "Hello, Ada!""#,
        r#"    6 TaskStateExited Greet "Hello, Ada!""#,
        r#"    7 SucceedStateEntered Done "Hello, Ada!""#,
        r#"    8 SucceedStateExited Done "Hello, Ada!""#,
        r#"    9 ExecutionSucceeded "Hello, Ada!""#,
    ];
    assert_eq!(events.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn run_draws_what_the_execution_did() {
    let directory = Directory::new("graph");
    let file = directory.0.join("hello.svg");
    let path = file.to_str().expect("the path is UTF-8");
    let (output, error, code) = run(&mut hello(&["run", "--input", r#""Ada""#, "--graph", path]));
    assert_eq!((output.as_str(), error.as_str(), code), ("\"Hello, Ada!\"\n", "", Some(0)));
    let drawn = std::fs::read_to_string(&file).expect("the picture was written");
    let (plain, _, _) = run(&mut hello(&["graph", "--format", "svg"]));
    assert!(drawn.starts_with("<svg ") && drawn.contains("Greet") && drawn != plain, "{drawn}");

    let nowhere = directory.0.join("no").join("hello.svg");
    let path = nowhere.to_str().expect("the path is UTF-8");
    let (output, error, code) = run(&mut hello(&["run", "--input", r#""Ada""#, "--graph", path]));
    assert_eq!((output.as_str(), code), ("", Some(1)));
    assert!(error.starts_with(&format!("error: {path} cannot be written: ")), "{error}");
}

#[test]
fn what_cannot_be_run_is_said_on_standard_error() {
    for (arguments, error) in [
        (&["run", "Nobody"][..], "error: there is no workflow `Nobody`; this program has Hello\n"),
        (&["run", "hello"], "error: there is no workflow `hello`; did you mean `Hello`?\n"),
        (
            &["run", "--input", "Ada"],
            "error: there is no file `Ada`, and it is not JSON either; a string is JSON within quotes, as in --input '\"Ada\"'\n",
        ),
        (
            &["run", "--input", "/"],
            "error: `/` cannot be read (Is a directory (os error 21)), and it is not JSON either; a string is JSON within quotes, as in --input '\"Ada\"'\n",
        ),
        (&["run", "--input", "\"Ada"], "error: the input is not JSON: EOF while parsing a string at line 1 column 4\n"),
        (
            &["run", "--input", "7"],
            "error: the input does not fit the workflow: invalid type: integer `7`, expected a string at line 1 column 1\n",
        ),
        (
            &["run"],
            "error: `Hello` takes an input, and null does not fit it (invalid type: null, expected a string at line 1 column 4); give one with --input\n",
        ),
        (&["run", "--input", "-"], "error: there is nothing on standard input; an input is JSON\n"),
    ] {
        assert_eq!(run(&mut hello(arguments)), (String::new(), error.to_owned(), Some(1)), "{arguments:?}");
    }
}

#[test]
fn what_is_not_understood_exits_with_2() {
    for arguments in [&["launch"][..], &["export", "--check"], &["graph", "--format", "png"], &[]] {
        let (output, error, code) = run(&mut hello(arguments));
        assert_eq!((output.as_str(), code), ("", Some(2)), "{arguments:?}");
        assert!(error.contains("--help"), "{error}");
    }
    assert_eq!(run(&mut hello(&["--help"])).2, Some(0));
}

#[test]
fn export_writes_files_and_notices_when_they_differ() {
    let directory = Directory::new("export");
    let (printed, _, _) = run(&mut hello(&["export"]));
    let file = directory.0.join("statemachine").join("hello.asl.json");
    let check = || run(&mut hello(&["export", "--out", directory.text(), "--check"]));

    let differs = format!(
        "error: these files differ from the workflows; run the same command without --check:\n  {}\n",
        file.display()
    );
    assert_eq!(check(), (String::new(), differs.clone(), Some(1)));
    assert!(!file.exists(), "--check writes nothing");

    let wrote = format!("wrote {}\n", file.display());
    assert_eq!(run(&mut hello(&["export", "--out", directory.text()])), (String::new(), wrote, Some(0)));
    assert_eq!(std::fs::read_to_string(&file).expect("the file was written"), printed);
    assert_eq!(check(), (String::new(), String::new(), Some(0)));

    std::fs::write(&file, printed.replace("60", "61")).expect("the file can be changed");
    assert_eq!(check(), (String::new(), differs, Some(1)));
}

#[test]
fn templates_are_printed_or_written_with_all_they_take() {
    for (template, file, beginning) in [
        ("sam", "template.yaml", "# Written by `hello export --template sam`"),
        ("cloudformation", "template.yaml", "# Written by `hello export --template cloudformation`"),
        ("terraform", "main.tf", "# Written by `hello export --template terraform`"),
    ] {
        let (printed, error, code) = run(&mut hello(&["export", "--template", template]));
        assert_eq!((error.as_str(), code), ("", Some(0)));

        let directory = Directory::new(template);
        let all = &["export", "--template", template, "--out", directory.text()];
        assert_eq!(run(&mut hello(all)).2, Some(0));
        let read = |path: &str| std::fs::read_to_string(directory.0.join(path)).expect("the file was written");
        let written = read(file);
        assert!(written.starts_with(beginning) && printed.contains(&written), "{printed}");
        assert!(read("README.md").contains("--example hello"));
        assert_eq!(read("statemachine/hello.asl.json"), run(&mut hello(&["export"])).0);

        let check = || run(&mut hello(&[&all[..], &["--check"]].concat()));
        assert_eq!(check(), (String::new(), String::new(), Some(0)));
        std::fs::write(directory.0.join(file), "").expect("the file can be changed");
        let (_, error, code) = check();
        assert!(error.ends_with(&format!("\n  {}\n", directory.0.join(file).display())) && code == Some(1), "{error}");
    }
}

#[test]
fn what_other_tools_need_is_printed() {
    let (policy, error, code) = run(&mut hello(&["export", "Hello", "--policy"]));
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let policy: serde_json::Value = serde_json::from_str(&policy).expect("a policy is JSON");
    assert_eq!(policy["Statement"][0]["Action"], serde_json::json!(["lambda:InvokeFunction"]));
    assert_eq!(policy["Statement"][0]["Resource"], "${TaskFunctionArn}");

    let (rows, _, code) = run(&mut hello(&["export", "--placeholders"]));
    let expected = "Hello  TaskFunctionArn  the ARN of the Lambda function that runs the tasks\n";
    assert_eq!((rows.as_str(), code), (expected, Some(0)));
    let (rows, _, _) = run(&mut hello(&["export", "--placeholders", "--json"]));
    let rows: serde_json::Value = serde_json::from_str(&rows).expect("rows are JSON");
    assert_eq!(rows[0]["placeholder"], "TaskFunctionArn");

    for arguments in [
        &["export", "--policy", "--placeholders"][..],
        &["export", "--policy", "--out", "deploy"],
        &["export", "--template", "sam", "--policy"],
        &["export", "--template", "sam", "--check"],
        &["export", "--json"],
    ] {
        assert_eq!(run(&mut hello(arguments)).2, Some(2), "{arguments:?}");
    }
}

#[test]
fn the_guide_to_deployments_shows_what_is_printed() {
    let guide = include_str!("../docs/deploy.md");
    let shown: Vec<_> = guide.split("```text\n$ cargo run --example hello -- ").skip(1).collect();
    assert_eq!(shown.len(), 3);
    for block in shown {
        let (command, rest) = block.split_once('\n').expect("a command has a line of its own");
        let (printed, _) = rest.split_once("```").expect("a block ends");
        let (output, _, code) = run(&mut hello(&command.split(' ').collect::<Vec<_>>()));
        assert_eq!(code, Some(0), "{command}");
        match printed.strip_suffix("…\n") {
            Some(beginning) => assert!(output.starts_with(beginning), "{command}: {output}"),
            None => assert_eq!(output, printed, "{command}"),
        }
    }
}

#[test]
fn graphs_and_lists_go_to_standard_output() {
    for (arguments, beginning) in [
        (&["graph"][..], "flowchart TD\n"),
        (&["graph", "Hello", "--format", "dot"], "digraph "),
        (&["graph", "--format", "svg"], "<svg "),
        (&["list"], "Hello  Greets somebody.\n"),
        (&["list", "--json"], "[\n  {\n    \"workflow\": \"Hello\",\n    \"comment\": \"Greets somebody.\""),
        (&["check"], "Hello: 2 states"),
        (&["check", "--json"], "[\n  {\n    \"workflow\": \"Hello\",\n    \"states\": 2,\n    \"findings\": []"),
    ] {
        let (output, error, code) = run(&mut hello(arguments));
        assert_eq!((error.as_str(), code), ("", Some(0)), "{arguments:?}");
        assert!(output.starts_with(beginning), "{arguments:?}: {output}");
    }
}

#[test]
fn check_says_what_executions_take_and_cost() {
    let (output, error, code) = run(&mut hello(&["check"]));
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let expected = [
        "Hello: 2 states  nothing to say",
        "  an execution takes      at least       at most",
        "  time                          0s           10s",
        "  events                         9             9",
        "  state transitions              2             2",
        "  price                   $0.00005      $0.00005",
        "  prices: US East (N. Virginia), March 2026",
        "  ends the execution, as nothing catches it: greet: States.Timeout",
    ];
    assert_eq!(output.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn check_says_the_same_as_json() {
    let (output, error, code) = run(&mut hello(&["check", "--json"]));
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let expected = r#"[
  {
    "workflow": "Hello",
    "states": 2,
    "findings": [],
    "executions": {
      "shortest_seconds": 0.0,
      "longest_seconds": 10.0,
      "least_events": 9,
      "most_events": 9,
      "least_transitions": 2,
      "most_transitions": 2,
      "price": {
        "least_dollars": 0.00005,
        "most_dollars": 0.00005,
        "price_list": "US East (N. Virginia), March 2026"
      },
      "uncaught": [
        {
          "state": "greet",
          "errors": [
            "States.Timeout"
          ]
        }
      ]
    },
    "export_error": null
  }
]
"#;
    assert_eq!(output, expected);
}

#[test]
fn explain_prints_the_page_on_a_finding() {
    let page = include_str!("../workflow-model/docs/findings/W0201.md");
    for code in ["W0201", "w0201"] {
        assert_eq!(run(&mut hello(&["explain", code])), (page.to_owned(), String::new(), Some(0)));
    }
    let (list, _, code) = run(&mut hello(&["explain"]));
    assert_eq!(code, Some(0));
    assert!(list.starts_with("W0001  something cannot be read\n"), "{list}");
    assert!(list.contains("\nW0202  a cycle runs tasks without a wait (advice)\n"), "{list}");
    for (code, error) in [
        ("W021", "error: there is no finding `W021`; did you mean `explain W0201`?\n"),
        ("hot loop", "error: there is no finding `hot loop`; `explain` alone lists all\n"),
    ] {
        assert_eq!(run(&mut hello(&["explain", code])), (String::new(), error.to_owned(), Some(1)));
    }
}
