//! Portable expressions, lowered to JSONata by the shapes of what they look at.
