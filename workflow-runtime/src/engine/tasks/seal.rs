//! What a token says, and how one that was given out is told from one that was made up.

use std::hash::Hasher;

use siphasher::sip::SipHasher24;

/// What a token names: a number that nobody can guess, and the execution whose task it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: u128,
    pub(super) execution: u64,
}

/// What only the engines of one store can put on a token, today and in later versions: tokens lie in mails and in databases.
pub(super) struct Seal(u128);

impl Seal {
    pub(super) fn new(secret: u128) -> Self {
        Seal(secret)
    }

    /// The token as a text.
    pub(super) fn text(&self, named: Named) -> String {
        let Named { id, execution } = named;
        format!("{id:032x}{execution:016x}{:016x}", self.mark(named))
    }

    /// What a token names, if it was given out here.
    pub(super) fn open(&self, token: &str) -> Option<Named> {
        let id = u128::from_str_radix(token.get(..32)?, 16).ok()?;
        let execution = u64::from_str_radix(token.get(32..48)?, 16).ok()?;
        let named = Named { id, execution };
        // Compared as a text, so that a token has one form.
        (self.text(named) == token).then_some(named)
    }

    fn mark(&self, Named { id, execution }: Named) -> u64 {
        let mut hasher = SipHasher24::new_with_key(&self.0.to_le_bytes());
        hasher.write(&id.to_le_bytes());
        hasher.write(&execution.to_le_bytes());
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMED: Named = Named { id: 0xfeed_beef, execution: 7 };

    #[test]
    fn a_token_is_the_same_in_each_version() {
        let text = "000000000000000000000000feedbeef0000000000000007ed60acd29e72e537";
        assert_eq!(Seal::new(1).text(NAMED), text);
    }

    #[test]
    fn a_token_has_one_form_and_one_store() {
        let seal = Seal::new(1);
        let text = seal.text(NAMED);
        assert_eq!(seal.open(&text), Some(NAMED));
        assert_eq!(Seal::new(2).open(&text), None);
        for other in
            [text.to_uppercase(), format!("{text}0"), format!(" {text}"), text.replace("feed", "fee1"), "ä".repeat(40)]
        {
            assert_eq!(seal.open(&other), None, "{other}");
        }
    }
}
