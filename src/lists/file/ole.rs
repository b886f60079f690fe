//! OLE files (MS-CFB): streams in chains of sectors, as .xls and everything of Office before 2007.
//!
//! Chains are followed within the bytes that are there and no longer than there are sectors, so that one
//! that leads into itself ends.

use super::Unreadable;

/// Sector numbers from here on are signs.
const SIGNS: u32 = 0xffff_fffa;

/// Streams below this many bytes stand in sectors of 64 bytes inside of a stream of their own.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;

pub(super) struct Ole<'b> {
    bytes: &'b [u8],
    sector: usize,
    chains: Vec<u32>,
    small_chains: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn all_u32(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}

impl<'b> Ole<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Result<Self, Unreadable> {
        let head = |at| u32_at(bytes, at).ok_or(Unreadable::CutOff);
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            None => return Err(Unreadable::CutOff),
            Some(_) => return Err(Unreadable::Damaged("size of sectors".to_owned())),
        };
        let mut ole = Self {
            bytes,
            sector,
            chains: Vec::new(),
            small_chains: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        for id in ole.lists_of_chains(head(68)?)? {
            let sector = ole.sector_at(id)?;
            ole.chains.extend(all_u32(sector));
        }
        let entries = ole.chain(head(48)?, None)?;
        ole.entries = entries.chunks_exact(128).filter_map(entry).collect();
        let Some((start, size)) = ole.entries.first().map(|root| (root.start, root.size)) else {
            return Err(Unreadable::Damaged("no streams".to_owned()));
        };
        let small_chains = head(60)?;
        if small_chains < SIGNS {
            ole.small_chains = all_u32(&ole.chain(small_chains, None)?).collect();
            ole.small = ole.chain(start, Some(size))?;
        }
        Ok(ole)
    }

    /// The sectors that hold the chains: the first 109 are named in the head, the others in a chain.
    fn lists_of_chains(&self, mut next: u32) -> Result<Vec<u32>, Unreadable> {
        let head = self.bytes.get(76..512).ok_or(Unreadable::CutOff)?;
        let mut ids: Vec<u32> = all_u32(head).collect();
        for _ in 0..=self.bytes.len() / self.sector {
            if next >= SIGNS {
                break;
            }
            ids.extend(all_u32(self.sector_at(next)?));
            next = ids.pop().unwrap_or(u32::MAX);
        }
        ids.retain(|id| *id < SIGNS);
        if ids.len() > self.bytes.len() / self.sector {
            return Err(Unreadable::CutOff);
        }
        Ok(ids)
    }

    fn sector_at(&self, id: u32) -> Result<&'b [u8], Unreadable> {
        let at = (id as usize + 1) * self.sector;
        match self.bytes.get(at..at + self.sector) {
            Some(sector) => Ok(sector),
            // The last one may be short.
            None => self.bytes.get(at..).filter(|rest| !rest.is_empty()).ok_or(Unreadable::CutOff),
        }
    }

    /// The bytes of a chain of sectors, no more than `size`.
    fn chain(&self, mut id: u32, size: Option<usize>) -> Result<Vec<u8>, Unreadable> {
        let mut out = Vec::new();
        for _ in 0..=self.bytes.len() / self.sector {
            if id >= SIGNS || size.is_some_and(|size| out.len() >= size) {
                out.truncate(size.unwrap_or(out.len()));
                return Ok(out);
            }
            out.extend_from_slice(self.sector_at(id)?);
            id = *self.chains.get(id as usize).ok_or(Unreadable::CutOff)?;
        }
        Err(Unreadable::Damaged("a chain of sectors without an end".to_owned()))
    }

    fn small_chain(&self, mut id: u32, size: usize) -> Result<Vec<u8>, Unreadable> {
        let mut out = Vec::new();
        while id < SIGNS && out.len() < size {
            let at = id as usize * SMALL_SECTOR;
            let sector = self.small.get(at..self.small.len().min(at + SMALL_SECTOR));
            out.extend_from_slice(
                sector.filter(|sector| !sector.is_empty()).ok_or(Unreadable::CutOff)?,
            );
            id = *self.small_chains.get(id as usize).ok_or(Unreadable::CutOff)?;
        }
        out.truncate(size);
        Ok(out)
    }

    /// Whether a stream or a folder of this name is there.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream; `None` where there is no such.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let found = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        let Some(entry) = found else { return Ok(None) };
        let bytes = match entry.size < SMALL {
            true => self.small_chain(entry.start, entry.size)?,
            false => self.chain(entry.start, Some(entry.size))?,
        };
        // What a chain ends before is not there.
        if bytes.len() < entry.size { Err(Unreadable::CutOff) } else { Ok(Some(bytes)) }
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?.min(64).saturating_sub(2));
    let units: Vec<u16> =
        bytes.get(..length)?.chunks_exact(2).filter_map(|two| u16_at(two, 0)).collect();
    let is_used = bytes.get(66).is_some_and(|kind| *kind != 0);
    let (start, size) = (u32_at(bytes, 116)?, u32_at(bytes, 120)? as usize);
    is_used.then(|| Entry { name: String::from_utf16_lossy(&units), start, size })
}
