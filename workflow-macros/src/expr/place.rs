//! Where an expression stands, which decides what may stand there.

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Whether it is a leaf of a choice, which names the state to go to.
    pub(super) leaf: bool,
    /// Whether its type is decided by where it stands, so that the tree need not say it.
    pub(super) decided: bool,
    /// Whether its value is the whole body's, so that it may be `return`ed.
    pub(super) last: bool,
}

impl Place {
    /// Inside another expression, by which the type is not decided.
    pub(super) const FREE: Place = Place { leaf: false, decided: false, last: false };
    /// Inside another expression, by which the type is decided.
    pub(super) const DECIDED: Place = Place { leaf: false, decided: true, last: false };
    /// The value of a state's body.
    pub(super) const BODY: Place = Place { leaf: false, decided: true, last: true };
    /// A leaf of a choice, or of a closure on an edge.
    pub(super) const LEAF: Place = Place { leaf: true, decided: true, last: true };
    /// The value of a closure in the argument of a method.
    pub(super) const CLOSURE: Place = Place { leaf: false, decided: false, last: true };

    /// The place of a part, as an element of a tuple is one, whose type is decided where the whole's is.
    pub(super) fn part(self) -> Place {
        if self.decided { Place::DECIDED } else { Place::FREE }
    }
}
