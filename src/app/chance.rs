//! The one place that draws from the machine's chance.

use rand::Rng;
use rand::rngs::ThreadRng;

/// An unpredictable generator.
#[allow(clippy::disallowed_methods)] // the sanctioned caller
pub fn generator() -> ThreadRng {
    rand::rng()
}

/// Sixteen unpredictable bytes: a visitor's token, a key.
pub fn sixteen_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    generator().fill_bytes(&mut bytes);
    bytes
}
