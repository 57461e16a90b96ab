//! serde's `rename_all`: its eight rules, letter by letter as serde applies them.

/// A rule of `rename_all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RenameRule {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl RenameRule {
    /// The rule that serde calls `name`.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "lowercase" => RenameRule::Lower,
            "UPPERCASE" => RenameRule::Upper,
            "PascalCase" => RenameRule::Pascal,
            "camelCase" => RenameRule::Camel,
            "snake_case" => RenameRule::Snake,
            "SCREAMING_SNAKE_CASE" => RenameRule::ScreamingSnake,
            "kebab-case" => RenameRule::Kebab,
            "SCREAMING-KEBAB-CASE" => RenameRule::ScreamingKebab,
            _ => return None,
        })
    }

    /// What becomes of a variant, whose name serde takes to be in PascalCase.
    pub(super) fn variant(self, name: &str) -> String {
        match self {
            RenameRule::Pascal => name.to_owned(),
            RenameRule::Lower => name.to_ascii_lowercase(),
            RenameRule::Upper => name.to_ascii_uppercase(),
            RenameRule::Camel => lower_first(name),
            RenameRule::Snake => snake_of_pascal(name),
            RenameRule::ScreamingSnake => snake_of_pascal(name).to_ascii_uppercase(),
            RenameRule::Kebab => snake_of_pascal(name).replace('_', "-"),
            RenameRule::ScreamingKebab => snake_of_pascal(name).to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// What becomes of a field, whose name serde takes to be in snake_case.
    pub(super) fn field(self, name: &str) -> String {
        match self {
            RenameRule::Lower | RenameRule::Snake => name.to_owned(),
            RenameRule::Upper | RenameRule::ScreamingSnake => name.to_ascii_uppercase(),
            RenameRule::Pascal => pascal_of_snake(name),
            RenameRule::Camel => lower_first(&pascal_of_snake(name)),
            RenameRule::Kebab => name.replace('_', "-"),
            RenameRule::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

fn snake_of_pascal(name: &str) -> String {
    let mut snake = String::with_capacity(name.len());
    for (position, letter) in name.char_indices() {
        if position > 0 && letter.is_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

fn pascal_of_snake(name: &str) -> String {
    let mut pascal = String::with_capacity(name.len());
    let mut word_begins = true;
    for letter in name.chars() {
        if letter == '_' {
            word_begins = true;
        } else {
            pascal.push(if word_begins { letter.to_ascii_uppercase() } else { letter });
            word_begins = false;
        }
    }
    pascal
}
