//! Methods of `Iterator`, most of which take a closure over the items.

use super::sequence::stops_early;
use super::{argument, closure, unknown};
use crate::expr::{Expr, Lambda, Pattern};
use crate::jsonata::ast::{Item, Node, Operator};
use crate::jsonata::lower::{Lowerer, Subject, Value};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;

/// What a closure is given of each item.
#[derive(Clone)]
pub(super) enum Each<'a> {
    /// The item, which is of this type.
    Item(Type<'a>),
    /// Its position, and the item: what is behind `enumerate()`.
    Numbered(Type<'a>),
}

impl<'a> Each<'a> {
    /// The type of an item of the array.
    fn item(&self) -> &Type<'a> {
        match self {
            Each::Item(item) | Each::Numbered(item) => item,
        }
    }
}

impl<'a> Lowerer<'a> {
    pub(super) fn iterator_method(
        &mut self,
        items: Node,
        each: Each<'a>,
        method: &str,
        args: &[Expr],
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        if matches!(method, "any" | "all" | "find" | "take") && items.may_fail() {
            return Err(stops_early(method));
        }
        Ok(match (method, each) {
            ("map", each) => self.map_items(items, each, closure(args, method)?, &expected.item())?,
            ("filter_map", each) => self.filter_map(items, each, closure(args, method)?, &expected.item())?,
            ("flat_map", each) => {
                let lists = self.map_items(items, each, closure(args, method)?, expected)?;
                self.flattened(lists, method)?
            }
            ("flatten", Each::Item(item)) => self.flattened(Value::new(items, Type::sequence(item)), method)?,
            ("filter", Each::Item(item)) => {
                let kept = self.kept(items, Each::Item(item.clone()), closure(args, method)?, false)?;
                self.collected(kept, item)
            }
            ("find", Each::Item(item)) => {
                let kept = self.kept(items, Each::Item(item.clone()), closure(args, method)?, false)?;
                if kept.may_fail() {
                    return Err(stops_early(method));
                }
                let kept = if self.is_nested(&item) { self.collected(kept, item.clone()).node } else { kept };
                self.found(kept.index(Node::int(0)), item, method)?
            }
            ("any" | "all", each) => {
                let kept = self.kept(items, each, closure(args, method)?, method == "all")?;
                if kept.may_fail() {
                    return Err(stops_early(method));
                }
                Value::bool(if method == "all" { kept.exists().negated() } else { kept.exists() })
            }
            ("enumerate", Each::Item(item)) => self.enumerated(items, item),
            ("take", Each::Item(item)) => self.positions(items, item, argument(args, method)?, Operator::Less)?,
            ("skip", Each::Item(item)) => {
                self.positions(items, item, argument(args, method)?, Operator::GreaterOrEqual)?
            }
            (_, each) => return Err(unknown(method, &Type::sequence(each.item().clone()))),
        })
    }

    /// `items.enumerate().method(|(index, item)| …)`: JSONata gives a function the position beside the item. `None` where the pair is
    /// needed as a whole.
    pub(super) fn numbered_method(
        &mut self,
        receiver: &Expr,
        method: &str,
        args: &[Expr],
        expected: &Type<'a>,
    ) -> Result<Option<Value<'a>>, Refusal> {
        let (Expr::Method { receiver, method: inner, .. }, [Expr::Closure(closure)]) = (receiver, args) else {
            return Ok(None);
        };
        let takes_both = |pattern: &Pattern| matches!(pattern, Pattern::Tuple(parts) if parts.len() == 2);
        let takes_both = closure.params.iter().any(|param| takes_both(&param.pattern));
        if inner != "enumerate" || !takes_both || !matches!(method, "map" | "filter_map" | "flat_map" | "any" | "all") {
            return Ok(None);
        }
        let items = self.value(receiver, &Type::Unknown)?;
        let item = items.ty.sequence_item().ok_or_else(|| unknown(inner, &items.ty))?;
        let items = self.whole(items);
        self.iterator_method(items, Each::Numbered(item), method, args, expected).map(Some)
    }

    fn map_items(
        &mut self,
        items: Node,
        each: Each<'a>,
        closure: &Lambda,
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        let item = each.item().clone();
        let (function, ty) = self.function(closure, each, expected, false)?;
        // What changes the Rust type alone, as `to_string` does on a `&str`, is nothing in JSON.
        if matches!(&function, Node::Function(given, body) if matches!(&**body, Node::Variable(name) if *name == given[0]))
        {
            return Ok(Value::new(items, Type::sequence(ty)));
        }
        let items = self.yielded(items, &item);
        Ok(self.collected(Node::Call("map", vec![items, function]), ty))
    }

    /// What the closure makes a `Some` of.
    fn filter_map(
        &mut self,
        items: Node,
        each: Each<'a>,
        closure: &Lambda,
        expected: &Type<'a>,
    ) -> Result<Value<'a>, Refusal> {
        let options = self.map_items(items, each, closure, &Type::option(expected.clone()))?;
        match options.ty.item() {
            Type::Option(inner) => Ok(self.present(options.node, *inner)),
            other => Err(Refusal::needs_task(format!("the closure of `filter_map` makes {other}, not an `Option`"))),
        }
    }

    /// The lists in a list, one behind the other; of options, those that are there.
    fn flattened(&mut self, lists: Value<'a>, method: &str) -> Result<Value<'a>, Refusal> {
        match lists.ty.item() {
            Type::Option(inner) => Ok(self.present(lists.node, *inner)),
            Type::Sequence(item) => {
                let append = Node::Variable("append".to_owned());
                let joined = Node::Call("reduce", vec![lists.node, append, Node::Array(Vec::new())]);
                Ok(Value::new(joined, Type::Sequence(item)))
            }
            other => Err(Refusal::needs_task(format!("`{method}` joins items each of which is {other}"))),
        }
    }

    /// The options that are there, as what is in them.
    fn present(&mut self, options: Node, inner: Type<'a>) -> Value<'a> {
        let options = self.yielded(options, &Type::option(inner.clone()));
        let mark = self.scope.mark();
        let variable = self.scope.fresh("value");
        self.scope.reset(mark);
        let is_some = Node::Variable(variable.clone()).not_equals(Node::NULL);
        let function = Node::Function(vec![variable], Box::new(is_some));
        self.collected(Node::Call("filter", vec![options, function]), inner)
    }

    /// The items for which a closure holds, or does not hold, as `$filter` yields them.
    fn kept(&mut self, items: Node, each: Each<'a>, closure: &Lambda, negated: bool) -> Result<Node, Refusal> {
        let items = self.yielded(items, each.item());
        let (function, _) = self.function(closure, each, &Type::Bool, negated)?;
        Ok(Node::Call("filter", vec![items, function]))
    }

    /// Pairs of a position and an item.
    fn enumerated(&mut self, items: Node, item: Type<'a>) -> Value<'a> {
        let items = self.yielded(items, &item);
        let mark = self.scope.mark();
        let (variable, index) = (self.scope.fresh("item"), self.scope.fresh("index"));
        let parts = [(index.clone(), Type::LENGTH), (variable.clone(), item)];
        let types = parts.iter().map(|(_, ty)| ty.clone()).collect();
        let pair: Vec<Item> = parts.map(|(name, ty)| self.item(Value::new(Node::Variable(name), ty))).into();
        self.scope.reset(mark);
        let function = Node::Function(vec![variable, index], Box::new(Node::Array(pair)));
        self.collected(Node::Call("map", vec![items, function]), Type::Tuple(types))
    }

    /// The items whose positions compare in this way with a number.
    fn positions(
        &mut self,
        items: Node,
        item: Type<'a>,
        number: &Expr,
        operator: Operator,
    ) -> Result<Value<'a>, Refusal> {
        let items = self.yielded(items, &item);
        let number = self.node(number, &Type::USIZE)?;
        let mark = self.scope.mark();
        let mut variables = Vec::new();
        let number = self.named(number, "number", &mut variables);
        let (variable, index) = (self.scope.fresh("item"), self.scope.fresh("index"));
        self.scope.reset(mark);
        let holds = Node::Variable(index.clone()).binary(operator, number);
        let function = Node::Function(vec![variable, index], Box::new(holds));
        let mut found = self.collected(Node::Call("filter", vec![items, function]), item);
        found.node = found.node.with_variables(&variables);
        Ok(found)
    }

    /// An array of all that a function of JSONata yields.
    fn collected(&self, yielded: Node, item: Type<'a>) -> Value<'a> {
        let nested = self.is_nested(&item);
        Value::new(Node::Collected { yielded: Box::new(yielded), nested }, Type::sequence(item))
    }

    /// A closure over an item as a function of JSONata, and the type of its result.
    fn function(
        &mut self,
        closure: &Lambda,
        each: Each<'a>,
        expected: &Type<'a>,
        negated: bool,
    ) -> Result<(Node, Type<'a>), Refusal> {
        let pattern = closure.params.first().map(|param| &param.pattern);
        let mark = self.scope.mark();
        let (parameters, subject) = match each {
            Each::Item(item) => {
                let variable = self.scope.fresh(bound(pattern).unwrap_or("item"));
                let subject = Subject::Value(Value::new(Node::Variable(variable.clone()), item));
                (vec![variable], subject)
            }
            Each::Numbered(item) => {
                let parts = match pattern {
                    Some(Pattern::Tuple(parts)) => parts.as_slice(),
                    _ => &[],
                };
                let variable = self.scope.fresh(bound(parts.get(1)).unwrap_or("item"));
                let index = self.scope.fresh(bound(parts.first()).unwrap_or("index"));
                let values = [(&index, Type::LENGTH), (&variable, item)];
                let subjects = values.map(|(name, ty)| Subject::Value(Value::new(Node::Variable(name.clone()), ty)));
                (vec![variable, index], Subject::Tuple(subjects.into()))
            }
        };
        let body = self.applied(closure, subject, expected)?;
        let ty = body.ty.clone();
        let body = self.whole(body);
        self.scope.reset(mark);
        let body = if negated { body.negated() } else { body };
        Ok((Node::Function(parameters, Box::new(body)), ty))
    }
}

/// The name that a pattern binds as a whole.
fn bound(pattern: Option<&Pattern>) -> Option<&str> {
    match pattern {
        Some(Pattern::Bind { name, .. }) => Some(name),
        _ => None,
    }
}
