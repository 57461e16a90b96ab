//! The page on each finding: the cause, why it matters, an example with what the compiler says of it, and the remedy.

use crate::finding::Code;

macro_rules! pages {
    ($($code:ident)*) => {
        impl Code {
            /// The page on this finding, in Markdown. `None` where it is not written yet.
            ///
            /// ```
            /// use workflow_model::Code;
            ///
            /// let page = Code::W0101.page().unwrap_or_default();
            /// assert!(page.starts_with("# W0101: a transition leads to a state that does not exist\n"));
            /// ```
            pub fn page(self) -> Option<&'static str> {
                match self {
                    $(Code::$code => Some(include_str!(concat!("../docs/findings/", stringify!($code), ".md"))),)*
                    #[allow(unreachable_patterns, reason = "each code may have its page")]
                    _ => None,
                }
            }
        }
    };
}

pages! {
    W0001 W0002 W0003 W0004 W0005 W0006
    W0101 W0102 W0103 W0104 W0105 W0106 W0107
    W0201 W0202 W0203
    W0301 W0302 W0303 W0304 W0305 W0306
    W0310 W0311 W0312 W0313 W0314 W0315
    W0401
    W0501 W0502 W0503
    W0601 W0602 W0605
    W0701 W0702 W0703 W0704
}

impl Code {
    /// What the finding is, in a few words: the title of its page.
    ///
    /// ```
    /// assert_eq!(workflow_model::Code::W0203.title(), "nothing bounds a cycle");
    /// ```
    pub fn title(self) -> &'static str {
        let heading = self.page().and_then(|page| page.lines().next()).unwrap_or_default();
        heading.split_once(": ").map_or("", |(_, title)| title)
    }
}
