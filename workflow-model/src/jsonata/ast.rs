//! The part of JSONata's syntax that portable expressions are lowered to.

use serde_json::Value as Json;

/// An expression of JSONata.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// `null`, a boolean, a number or a string.
    Literal(Json),
    /// `$name`.
    Variable(String),
    /// `'${Name}'`, which the deployment replaces.
    Placeholder(String),
    /// `base.key`.
    Field(Box<Node>, String),
    /// `base[index]`.
    Index(Box<Node>, Box<Node>),
    /// `[a, b]`.
    Array(Vec<Item>),
    /// An array of all that a function such as `$map` yields, which by itself is nothing when there is nothing, and
    /// the element when there is one: `[yielded]`.
    Collected {
        /// What yields.
        yielded: Box<Node>,
        /// Whether an element may itself be an array, so that one element must be kept apart from its elements.
        nested: bool,
    },
    /// `{'a': 1}`.
    Object(Vec<Entry>),
    /// `-a`.
    Negate(Box<Node>),
    /// `a + b`.
    Binary(Operator, Box<Node>, Box<Node>),
    /// `condition ? then : otherwise`; without `otherwise` it may be undefined.
    Conditional(Box<Node>, Box<Node>, Option<Box<Node>>),
    /// `$function(a, b)`.
    Call(&'static str, Vec<Node>),
    /// `function($a) { body }`.
    Function(Vec<String>, Box<Node>),
    /// `( $a := 1; body )`.
    Block(Vec<(String, Node)>, Box<Node>),
    /// `/pattern/`.
    Regex(&'static str),
}

/// An element of an array.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) value: Node,
    /// Whether its value is an array, which JSONata would put element by element in the place of the item.
    pub(super) array: Arrayness,
}

/// Whether a value is an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrayness {
    Never,
    Always,
    Sometimes,
}

/// A key of an object and its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Node,
    /// Whether the value may be undefined, so that the key is not there.
    pub(super) optional: bool,
}

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Concat,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    And,
    Or,
}

impl Node {
    pub(super) const NULL: Node = Node::Literal(Json::Null);

    pub(super) fn bool(value: bool) -> Self {
        Node::Literal(Json::Bool(value))
    }

    pub(super) fn int(value: i64) -> Self {
        Node::Literal(Json::from(value))
    }

    pub(super) fn str(value: impl Into<String>) -> Self {
        Node::Literal(Json::String(value.into()))
    }

    /// Any JSON, written out.
    pub(super) fn json(value: Json) -> Self {
        match value {
            Json::Array(items) => Node::Array(
                items
                    .into_iter()
                    .map(|item| {
                        let array = if item.is_array() { Arrayness::Always } else { Arrayness::Never };
                        Item { value: Node::json(item), array }
                    })
                    .collect(),
            ),
            Json::Object(entries) => Node::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| Entry { key, value: Node::json(value), optional: false })
                    .collect(),
            ),
            scalar => Node::Literal(scalar),
        }
    }

    /// `[a, b]` of what are no arrays.
    pub(super) fn list(items: impl IntoIterator<Item = Node>) -> Self {
        Node::Array(items.into_iter().map(|value| Item { value, array: Arrayness::Never }).collect())
    }

    pub(super) fn field(self, key: &str) -> Self {
        Node::Field(Box::new(self), key.to_owned())
    }

    pub(super) fn index(self, index: Node) -> Self {
        Node::Index(Box::new(self), Box::new(index))
    }

    pub(super) fn binary(self, operator: Operator, rhs: Node) -> Self {
        Node::Binary(operator, Box::new(self), Box::new(rhs))
    }

    pub(super) fn equals(self, rhs: Node) -> Self {
        self.binary(Operator::Equal, rhs)
    }

    pub(super) fn not_equals(self, rhs: Node) -> Self {
        self.binary(Operator::NotEqual, rhs)
    }

    /// `$not(self)`.
    pub(super) fn negated(self) -> Self {
        match self {
            Node::Literal(Json::Bool(value)) => Node::bool(!value),
            node => Node::Call("not", vec![node]),
        }
    }

    pub(super) fn exists(self) -> Self {
        Node::Call("exists", vec![self])
    }

    /// `self and … and …`; `true` when there is nothing to hold.
    pub(super) fn all(conditions: impl IntoIterator<Item = Node>) -> Self {
        conditions.into_iter().reduce(|all, condition| all.binary(Operator::And, condition)).unwrap_or(Node::bool(true))
    }

    /// `condition ? then : otherwise`, in its shortest form.
    pub(super) fn conditional(condition: Node, then: Node, otherwise: Node) -> Self {
        match (condition, then, otherwise) {
            (condition, Node::Literal(Json::Bool(true)), Node::Literal(Json::Bool(false))) => condition,
            (condition, Node::Literal(Json::Bool(false)), Node::Literal(Json::Bool(true))) => condition.negated(),
            (condition, then, otherwise) => {
                Node::Conditional(Box::new(condition), Box::new(then), Some(Box::new(otherwise)))
            }
        }
    }

    /// `( $name := value; …; self )`, with the variables that `self` or a later one of them reads, or that may fail: Rust
    /// calculates them in any case.
    pub(super) fn with_variables(self, variables: &[(String, Node)]) -> Self {
        self.with_variables_where(variables, |_, value| value.may_fail())
    }

    /// As [`Node::with_variables`], with the unread variables that `keep` chooses by position and value.
    pub(super) fn with_variables_where(
        self,
        variables: &[(String, Node)],
        keep: impl Fn(usize, &Node) -> bool,
    ) -> Self {
        let mut used: Vec<(String, Node)> = Vec::new();
        for (position, (name, value)) in variables.iter().enumerate().rev() {
            let is_read = self.reads(name) || used.iter().any(|(_, later)| later.reads(name));
            if is_read || keep(position, value) {
                used.push((name.clone(), value.clone()));
            }
        }
        used.reverse();
        match (used.is_empty(), self) {
            (true, node) => node,
            (false, Node::Block(inner, body)) => {
                used.extend(inner);
                Node::Block(used, body)
            }
            (false, node) => Node::Block(used, Box::new(node)),
        }
    }

    /// Whether it raises an error where Rust panics.
    pub(super) fn may_fail(&self) -> bool {
        matches!(self, Node::Call("error", _)) || self.children().into_iter().any(Node::may_fail)
    }

    /// Whether reading it twice is as short and as cheap as binding it to a variable.
    pub(super) fn is_simple(&self) -> bool {
        match self {
            Node::Literal(_) | Node::Variable(_) | Node::Placeholder(_) => true,
            Node::Field(base, _) => base.is_simple(),
            Node::Index(base, index) => base.is_simple() && index.is_simple(),
            _ => false,
        }
    }

    /// Whether `$name` occurs in it.
    pub(super) fn reads(&self, name: &str) -> bool {
        match self {
            Node::Variable(variable) => variable == name,
            node => node.children().into_iter().any(|child| child.reads(name)),
        }
    }

    fn children(&self) -> Vec<&Node> {
        match self {
            Node::Literal(_) | Node::Variable(_) | Node::Placeholder(_) | Node::Regex(_) => Vec::new(),
            Node::Field(node, _) | Node::Negate(node) | Node::Function(_, node) => vec![node],
            Node::Collected { yielded, .. } => vec![yielded],
            Node::Index(lhs, rhs) | Node::Binary(_, lhs, rhs) => vec![lhs, rhs],
            Node::Array(items) => items.iter().map(|item| &item.value).collect(),
            Node::Object(entries) => entries.iter().map(|entry| &entry.value).collect(),
            Node::Conditional(condition, then, otherwise) => {
                [condition, then].into_iter().chain(otherwise).map(Box::as_ref).collect()
            }
            Node::Call(_, args) => args.iter().collect(),
            Node::Block(variables, body) => variables.iter().map(|(_, value)| value).chain([body.as_ref()]).collect(),
        }
    }
}
