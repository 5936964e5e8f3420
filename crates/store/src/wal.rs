//! Reads SQLite's write-ahead log without SQLite, to notice what SQLite passes
//! over in silence: from the first frame that is damaged on, it forgets all others.
//! The format: <https://www.sqlite.org/fileformat.html#the_write_ahead_log>.

use std::{
    fs::File,
    io::{self, BufReader},
    path::Path,
};

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;

/// The larger of the two magic numbers: checksums are over big-endian words.
const MAGIC_BIG_ENDIAN: u32 = 0x377f_0683;
const MAGIC_LITTLE_ENDIAN: u32 = 0x377f_0682;

/// What a write-ahead log looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WalHealth {
    /// There is none, or an empty one.
    Absent,
    /// Whole, up to a transaction that nobody was told of.
    Whole,
    /// Transactions that were committed come after a place that cannot be read.
    Damaged,
}

/// The cumulative checksum of a log.
#[derive(Clone, Copy)]
struct Checksum {
    big_endian: bool,
    sums: (u32, u32),
}

impl Checksum {
    fn add(&mut self, bytes: &[u8]) {
        let word = |four: &[u8]| {
            let four: [u8; 4] = four.try_into().unwrap_or_default();
            if self.big_endian {
                u32::from_be_bytes(four)
            } else {
                u32::from_le_bytes(four)
            }
        };
        let (mut first, mut second) = self.sums;
        for pair in bytes.chunks_exact(8) {
            let (a, b) = pair.split_at(4);
            first = first.wrapping_add(word(a)).wrapping_add(second);
            second = second.wrapping_add(word(b)).wrapping_add(first);
        }
        self.sums = (first, second);
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).unwrap_or_default();
    u32::from_be_bytes(four.try_into().unwrap_or_default())
}

/// Looks at a write-ahead log.
pub(crate) fn look(wal: &Path) -> io::Result<WalHealth> {
    let file = match File::open(wal) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(WalHealth::Absent),
        Err(error) => return Err(error),
    };
    if file.metadata()?.len() == 0 {
        return Ok(WalHealth::Absent);
    }
    let mut reader = BufReader::new(file);
    let mut header = [0; HEADER_BYTES];
    if !fill(&mut reader, &mut header)? {
        return Ok(WalHealth::Damaged);
    }
    let magic = number(&header, 0);
    let page_size = usize::try_from(number(&header, 8)).unwrap_or_default();
    let mut checksum = Checksum {
        big_endian: magic == MAGIC_BIG_ENDIAN,
        sums: (0, 0),
    };
    checksum.add(header.get(..24).unwrap_or_default());
    let is_whole = matches!(magic, MAGIC_BIG_ENDIAN | MAGIC_LITTLE_ENDIAN)
        && (512..=65536).contains(&page_size)
        && checksum.sums == (number(&header, 24), number(&header, 28));
    if !is_whole {
        return Ok(WalHealth::Damaged);
    }
    let salts = header.get(16..24).unwrap_or_default().to_vec();
    frames(&mut reader, checksum, &salts, page_size)
}

fn frames(
    reader: &mut impl io::Read,
    mut checksum: Checksum,
    salts: &[u8],
    page_size: usize,
) -> io::Result<WalHealth> {
    let mut frame = vec![0; FRAME_HEADER_BYTES + page_size];
    let (mut whole, mut lost_commits) = (true, 0);
    while fill(reader, &mut frame)? {
        let (header, page) = frame.split_at(FRAME_HEADER_BYTES);
        if header.get(8..16) != Some(salts) {
            // What is left of an earlier round, or changed. Goes on: more may follow.
            whole = false;
            continue;
        }
        checksum.add(header.get(..8).unwrap_or_default());
        checksum.add(page);
        whole &= checksum.sums == (number(header, 16), number(header, 20));
        let commits = number(header, 4) != 0;
        lost_commits += u32::from(!whole && commits);
    }
    // One alone may be of a transaction that the power ended: its pages may reach the
    // disk in any order, and nobody was told that it was committed.
    Ok(if lost_commits > 1 {
        WalHealth::Damaged
    } else {
        WalHealth::Whole
    })
}

/// Reads as much as there is room for; says whether there was so much.
fn fill(reader: &mut impl io::Read, into: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(into) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
