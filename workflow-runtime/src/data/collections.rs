//! Values made of other values.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::marker::PhantomData;

use workflow_model::shape::{Shape, ShapeRef, Shapes};

use super::Data;

impl<T: Data> Data for Option<T> {
    // `Some` of a value that is written as `null` is read back as `None`.
    const LOSSY: bool = T::LOSSY || T::NULL;
    const NULL: bool = true;

    fn shape(shapes: &mut Shapes) -> ShapeRef {
        shapes.define::<Self>(|shapes| Shape::Option(T::shape(shapes)))
    }
}

impl<T: 'static> Data for PhantomData<T> {
    const NULL: bool = true;

    fn shape(shapes: &mut Shapes) -> ShapeRef {
        shapes.define::<Self>(|_| Shape::Unit)
    }
}

macro_rules! sequences {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> Data for $ty {
            const LOSSY: bool = T::LOSSY;

            fn shape(shapes: &mut Shapes) -> ShapeRef {
                shapes.define::<Self>(|shapes| Shape::Sequence(T::shape(shapes)))
            }
        }
    )*};
}

sequences! {
    [T: Data] [T];
    [T: Data, const N: usize] [T; N];
    [T: Data] Vec<T>;
    [T: Data] VecDeque<T>;
    [T: Data] BTreeSet<T>;
    [T: Data, S: 'static] HashSet<T, S>;
}

macro_rules! maps {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> Data for $ty {
            const LOSSY: bool = T::LOSSY;

            fn shape(shapes: &mut Shapes) -> ShapeRef {
                shapes.define::<Self>(|shapes| Shape::Map(T::shape(shapes)))
            }
        }
    )*};
}

maps! {
    [T: Data] BTreeMap<String, T>;
    [T: Data, S: 'static] HashMap<String, T, S>;
}

macro_rules! tuples {
    ($(($($name:ident)+))*) => {$(
        impl<$($name: Data),+> Data for ($($name,)+) {
            const LOSSY: bool = false $(|| $name::LOSSY)+;

            fn shape(shapes: &mut Shapes) -> ShapeRef {
                shapes.define::<Self>(|shapes| Shape::Tuple(vec![$($name::shape(shapes)),+]))
            }
        }
    )*};
}

tuples! {
    (A)
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
}
