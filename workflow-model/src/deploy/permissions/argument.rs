//! Resources that the arguments of a state name.

use super::Arguments;
use crate::asl::Json;
use crate::deploy::{Arn, Part};

/// What a template of the tables comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    /// This.
    Arn(Arn),
    /// What a parameter says, which the template asks for, as no ARN can be read off a URL that is not known yet.
    Asked {
        /// The parameter.
        parameter: String,
        /// The placeholder of the URL.
        for_url: String,
    },
    /// Nothing: an argument is not there.
    Absent,
    /// An argument is known at run time only.
    Unknown,
}

/// What an argument is.
enum Argument<'a> {
    Text(&'a str),
    Placeholder(&'a str),
    Absent,
    Unknown,
}

impl<'a> Argument<'a> {
    fn find(arguments: Arguments<'a>, name: &str) -> Self {
        match arguments {
            Some(Json::Object(object)) => match object.get(name) {
                Some(Json::String(text)) => Argument::Text(text),
                Some(Json::Placeholder(name)) => Argument::Placeholder(name),
                Some(_) => Argument::Unknown,
                None => Argument::Absent,
            },
            _ => Argument::Unknown,
        }
    }

    /// Whether it is an ARN, which begins where the argument stands.
    fn is_arn(&self) -> bool {
        match self {
            Argument::Text(text) => text.starts_with("arn:"),
            Argument::Placeholder(name) => name.ends_with("Arn"),
            Argument::Absent | Argument::Unknown => false,
        }
    }
}

/// The resource that a template stands for. The table `optimised.tsv` says how they are written.
pub(super) fn resolve(template: &str, arguments: Arguments<'_>) -> Resolved {
    if let Some(name) = template.strip_prefix('{').and_then(|rest| rest.strip_suffix(":url}")) {
        return queue(&Argument::find(arguments, name));
    }
    let (mut parts, resource) = match template.strip_prefix("arn:") {
        Some(rest) => {
            let fields: Vec<&str> = rest.splitn(4, ':').collect();
            let [service, region, account, resource] = fields[..] else { return Resolved::Unknown };
            (place(service, region, account), resource)
        }
        None => (Vec::new(), template),
    };
    for piece in pieces(resource) {
        let (name, or_else) = match piece {
            Piece::Text(text) => {
                parts.push(Part::Text(text.to_owned()));
                continue;
            }
            Piece::Argument { name, or_else } => (name, or_else),
        };
        let argument = Argument::find(arguments, name);
        if argument.is_arn() {
            parts.clear();
        }
        match (argument, or_else) {
            (Argument::Text(text), _) => parts.push(Part::Text(text.to_owned())),
            (Argument::Placeholder(name), _) => parts.push(Part::Placeholder(name.to_owned())),
            (_, Some(all)) => parts.push(Part::Text(all.to_owned())),
            (Argument::Absent, None) => return Resolved::Absent,
            (Argument::Unknown, None) => return Resolved::Unknown,
        }
    }
    match parts.first() {
        Some(Part::Text(text)) if text.starts_with("arn:") => Resolved::Arn(Arn::new(parts)),
        Some(Part::Placeholder(name)) if name.ends_with("Arn") => Resolved::Arn(Arn::new(parts)),
        _ => Resolved::Unknown,
    }
}

/// What an ARN begins with.
fn place(service: &str, region: &str, account: &str) -> Vec<Part> {
    let text = |text: &str| Part::Text(text.to_owned());
    let region = if region == "region" { Part::Region } else { text(region) };
    let account = if account == "account" { Part::Account } else { text(account) };
    vec![text("arn:"), Part::Partition, text(&format!(":{service}:")), region, text(":"), account, text(":")]
}

/// A piece of a template.
enum Piece<'a> {
    Text(&'a str),
    Argument { name: &'a str, or_else: Option<&'a str> },
}

fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    template.split('{').enumerate().flat_map(|(position, piece)| {
        let (argument, text) = if position == 0 { (None, piece) } else { split_argument(piece) };
        argument.into_iter().chain([Piece::Text(text)])
    })
}

/// The argument that a piece begins with, and what stands behind it.
fn split_argument(piece: &str) -> (Option<Piece<'_>>, &str) {
    let (argument, text) = piece.split_once('}').unwrap_or((piece, ""));
    let (name, or_else) = argument.split_once('|').map_or((argument, None), |(name, all)| (name, Some(all)));
    (Some(Piece::Argument { name, or_else }), text)
}

/// The queue of a URL such as `https://sqs.eu-west-1.amazonaws.com/123456789012/parcels`.
fn queue(url: &Argument<'_>) -> Resolved {
    match url {
        Argument::Text(url) => queue_arn(url).map_or(Resolved::Unknown, Resolved::Arn),
        Argument::Placeholder(name) => {
            let base = name.strip_suffix("Url").unwrap_or(name);
            Resolved::Asked { parameter: format!("{base}Arn"), for_url: (*name).to_owned() }
        }
        Argument::Absent => Resolved::Absent,
        Argument::Unknown => Resolved::Unknown,
    }
}

fn queue_arn(url: &str) -> Option<Arn> {
    let mut path = url.strip_prefix("https://sqs.")?.split('/');
    let (host, account, name) = (path.next()?, path.next()?, path.next()?);
    let (region, _) = host.split_once('.')?;
    let text = |text: String| Part::Text(text);
    Some(Arn::new([text("arn:".into()), Part::Partition, text(format!(":sqs:{region}:{account}:{name}"))]))
}
