//! Invitation codes: eight characters of Crockford's base 32, read back whatever way they are
//! typed, and kept only as a keyed digest.

use hmac::{Hmac, KeyInit, Mac};
use rand::RngExt;
use sha2::Sha256;

/// Crockford's alphabet: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;

/// A one-time code, `ABCD-EFGH`. 40 random bits, guarded by the limits on wrong tries.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationCode([u8; LENGTH]);

impl InvitationCode {
    /// Draws a code from the generator it is handed.
    pub fn draw(chance: &mut impl RngExt) -> Self {
        Self(std::array::from_fn(|_| ALPHABET[chance.random_range(0..ALPHABET.len())]))
    }

    /// The one code of a purpose under the installation's key, the same in every process.
    pub fn of_purpose(key: &[u8], purpose: &str) -> Self {
        let keyed = keyed(key, purpose.as_bytes());
        // Each of the 32 signs is as likely as any other.
        Self(std::array::from_fn(|at| ALPHABET[usize::from(keyed[at]) % ALPHABET.len()]))
    }

    /// Reads a typed code: any case, with or without hyphen or blanks, `O` as zero, `I` and `L`
    /// as one. `None` when it cannot be a code.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut code = [0; LENGTH];
        let mut filled = 0;
        for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-' && *c != '_') {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let byte = u8::try_from(c).ok().filter(|b| ALPHABET.contains(b))?;
            *code.get_mut(filled)? = byte;
            filled += 1;
        }
        (filled == LENGTH).then_some(Self(code))
    }

    /// What is stored of the code: HMAC-SHA-256 under the installation's key, in hexadecimal.
    pub fn digest(&self, key: &[u8]) -> String {
        hex::encode(keyed(key, &self.0))
    }
}

/// HMAC-SHA-256.
fn keyed(key: &[u8], text: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length, so this cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    mac.update(text);
    mac.finalize().into_bytes().into()
}

impl std::fmt::Display for InvitationCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, byte) in self.0.iter().enumerate() {
            if i == LENGTH / 2 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*byte))?;
        }
        Ok(())
    }
}

/// Codes are secrets until they are used: never in a log.
impl std::fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;

    fn drawn(seed: u64) -> InvitationCode {
        InvitationCode::draw(&mut rand::rngs::StdRng::seed_from_u64(seed))
    }

    #[test]
    fn typed_codes_forgive_case_hyphen_and_lookalikes() {
        let code = InvitationCode::parse("AB01-CD1F").unwrap();
        for typed in ["ab01cd1f", "ABOL CDIF", " ab01-cd1f ", "ab_o1-cdlf"] {
            assert_eq!(InvitationCode::parse(typed), Some(code.clone()), "{typed}");
        }
        for typed in ["", "AB01-CD1", "AB01-CD1FF", "ABUU-CDEF", "tốt khá tốt", "🙂🙂🙂🙂🙂🙂🙂🙂"]
        {
            assert_eq!(InvitationCode::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_digest_depends_on_code_and_key() {
        let code = drawn(1);
        assert_ne!(code.digest(b"one key"), code.digest(b"another"));
        assert_ne!(code.digest(b"one key"), drawn(2).digest(b"one key"));
        let letters = code.to_string().replace('-', "").to_lowercase();
        assert!(!code.digest(b"one key").to_lowercase().replace('-', "").contains(&letters));
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(seed in any::<u64>()) {
            let code = drawn(seed);
            prop_assert_eq!(InvitationCode::parse(&code.to_string()), Some(code));
        }
    }
}
