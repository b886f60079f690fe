//! The one place that draws from the machine's chance.

use rand::rngs::ThreadRng;
use rand::{Rng, RngExt};

/// An unpredictable generator.
#[allow(clippy::disallowed_methods)] // the sanctioned caller
pub fn generator() -> ThreadRng {
    rand::rng()
}

/// A number from 0 up to and without 1.
pub fn fraction() -> f64 {
    generator().random()
}

/// Sixteen unpredictable bytes: a visitor's token, a key.
pub fn sixteen_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    generator().fill_bytes(&mut bytes);
    bytes
}
