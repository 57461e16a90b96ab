//! `#[task(function = …)]`: a Lambda function other than the one that runs all tasks of the program.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The Lambda function of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// What it is called.
    pub name: FunctionName,
    /// Whether it is this program too, deployed once more: `own("…")`. It is told which task to run, as any function of the program is;
    /// somebody else's is invoked with the task's input.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
}

/// What a function is called: its name, or its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FunctionName {
    /// As it was written.
    Text(String),
    /// What a constant holds: an index into [`StateMachine::constants`](crate::StateMachine::constants).
    Constant(usize),
}

impl FunctionName {
    /// Whether Lambda would take a text for the name of a function, with an alias or a version behind it or not, or for its ARN.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    ///
    /// ```
    /// use workflow_model::states::FunctionName;
    ///
    /// assert_eq!(FunctionName::check("resize:live"), Ok(()));
    /// assert_eq!(FunctionName::check("arn:aws:lambda:eu-west-1:123456789012:function:resize"), Ok(()));
    /// let mistake = FunctionName::check("re size").unwrap_err();
    /// assert_eq!(mistake.to_string(), "a function's name has letters, digits, `-` and `_`, and no ` `");
    /// ```
    pub fn check(text: &str) -> Result<(), FunctionMistake> {
        let (name, qualifier) = match text.strip_prefix("arn:") {
            Some(rest) => of_arn(rest).ok_or(FunctionMistake::NoArn)?,
            None => match text.split_once(':') {
                Some((name, qualifier)) => (name, Some(qualifier)),
                None => (text, None),
            },
        };
        if name.is_empty() || name.len() > LONGEST {
            return Err(FunctionMistake::Length(name.len()));
        }
        let refused = |text: &str| text.chars().find(|&character| !is_taken(character));
        let is_latest = qualifier == Some("$LATEST");
        match refused(name).or(qualifier.filter(|_| !is_latest).and_then(refused)) {
            Some(character) => Err(FunctionMistake::Character(character)),
            None if qualifier == Some("") => Err(FunctionMistake::Length(0)),
            None => Ok(()),
        }
    }
}

/// How many characters a function's name has at most.
const LONGEST: usize = 64;

fn is_taken(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// The function in what is behind the `arn:`, with what is behind it.
fn of_arn(rest: &str) -> Option<(&str, Option<&str>)> {
    let mut parts = rest.split(':');
    let partition = parts.next()?;
    let is_partition = partition.strip_prefix("aws").is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let is_lambda = parts.next()? == "lambda";
    let region = parts.next()?;
    let account = parts.next()?;
    let is_account = account.len() == 12 && account.bytes().all(|digit| digit.is_ascii_digit());
    let is_function = parts.next()? == "function";
    let (name, qualifier) = (parts.next()?, parts.next());
    let is_sound = is_partition && is_lambda && !region.is_empty() && is_account && is_function;
    (is_sound && parts.next().is_none()).then_some((name, qualifier))
}

/// Why no Lambda function is called so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionMistake {
    /// It begins as an ARN does, and is none of a function's.
    NoArn,
    /// The name, or what is behind it, is empty or too long.
    Length(usize),
    /// A character that it cannot have.
    Character(char),
}

impl fmt::Display for FunctionMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FunctionMistake::NoArn => f.write_str(
                "the ARN of a function is written `arn:aws:lambda:`, its region, its account of 12 digits, `:function:` and its name",
            ),
            FunctionMistake::Length(length) => {
                write!(f, "a function's name has 1 to {LONGEST} characters, and this has {length}")
            }
            FunctionMistake::Character(character) => {
                write!(f, "a function's name has letters, digits, `-` and `_`, and no `{character}`")
            }
        }
    }
}

impl std::error::Error for FunctionMistake {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_arns() {
        for name in ["resize", "re-size_2", "resize:live", "resize:7", "resize:$LATEST", &"r".repeat(64)] {
            assert_eq!(FunctionName::check(name), Ok(()), "{name}");
        }
        for arn in [
            "arn:aws:lambda:eu-west-1:123456789012:function:resize",
            "arn:aws-cn:lambda:cn-north-1:123456789012:function:resize:live",
            "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:resize:$LATEST",
        ] {
            assert_eq!(FunctionName::check(arn), Ok(()), "{arn}");
        }
    }

    #[test]
    fn what_is_neither() {
        for (text, mistake) in [
            ("", FunctionMistake::Length(0)),
            ("resize:", FunctionMistake::Length(0)),
            (&"r".repeat(65), FunctionMistake::Length(65)),
            ("re size", FunctionMistake::Character(' ')),
            ("resize:live:now", FunctionMistake::Character(':')),
            ("${ResizeFunctionArn}", FunctionMistake::Character('$')),
            ("arn:aws:lambda:eu-west-1:123456789012:resize", FunctionMistake::NoArn),
            ("arn:aws:lambda:eu-west-1:12345:function:resize", FunctionMistake::NoArn),
            ("arn:aws:lambda::123456789012:function:resize", FunctionMistake::NoArn),
            ("arn:aws:states:eu-west-1:123456789012:function:resize", FunctionMistake::NoArn),
            ("arn:azure:lambda:eu-west-1:123456789012:function:resize", FunctionMistake::NoArn),
        ] {
            assert_eq!(FunctionName::check(text), Err(mistake), "{text}");
        }
    }
}
