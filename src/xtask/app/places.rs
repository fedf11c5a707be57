//! Blanks the places in the sources that panics would name, where no panic names them any more.
//!
//! The words of a panic have been taken out, but data has no names that wasm-opt could follow, so
//! the places stay: sixteen bytes each that nothing compresses, and the paths of files on the
//! machine that built the program. Blanks only what nothing in the program can refer to: a place
//! with any of its addresses in the code or in other data stays.

use core::ops::{Range, RangeInclusive};
use std::collections::BTreeSet;

use anyhow::{Context, Result};
use wasmparser::{BinaryReader, Data, DataKind, FunctionBody, Operator, Parser, Payload};

/// A `core::panic::Location` in memory: a path's address and length, line and column.
const PLACE_BYTES: u32 = 16;
const WORD_BYTES: u32 = 4;
const PLACE_ALIGNMENT: usize = 4;

/// Beyond these, four words are no place.
const MAX_PATH_BYTES: u32 = 300;
const MAX_LINE: u32 = 100_000;
const MAX_COLUMN: u32 = 1_000;
const ENDING: &[u8] = b".rs";

/// The instructions that add a number of their own to an address.
const LOADS_AND_STORES: RangeInclusive<u8> = 0x28..=0x3e;

/// Data that stands in memory from an address on, and in the program's file.
struct Segment {
    address: u32,
    file: Range<usize>,
}

/// What of a program can name an address.
#[derive(Default)]
struct Program {
    segments: Vec<Segment>,
    /// Every number in the code and in globals that can be an address.
    numbers: BTreeSet<u32>,
}

struct Place {
    itself: Range<u32>,
    path: Range<u32>,
}

/// Blanks the places, then the paths that only they named.
///
/// # Errors
/// When it is not a program.
pub(super) fn blank(bytes: &mut [u8]) -> Result<()> {
    let program = Program::read(bytes).context("cannot read the program")?;
    let places: Vec<_> = program.words().filter_map(|at| program.place(bytes, at)).collect();
    program.blank_unnamed(bytes, places.iter().map(|place| &place.itself));
    program.blank_unnamed(bytes, places.iter().map(|place| &place.path));
    Ok(())
}

impl Program {
    fn read(bytes: &[u8]) -> Result<Self> {
        let mut program = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            program.take(bytes, &payload?)?;
        }
        Ok(program)
    }

    fn take(&mut self, bytes: &[u8], payload: &Payload<'_>) -> Result<()> {
        if let Payload::CodeSectionEntry(body) = payload {
            self.take_code(bytes, body)?;
        }
        if let Payload::GlobalSection(globals) = payload {
            for global in globals.clone() {
                for operator in global?.init_expr.get_operators_reader() {
                    self.numbers.extend(constant(&operator?));
                }
            }
        }
        if let Payload::DataSection(data) = payload {
            for segment in data.clone() {
                self.take_segment(&segment?)?;
            }
        }
        Ok(())
    }

    fn take_code(&mut self, bytes: &[u8], body: &FunctionBody<'_>) -> Result<()> {
        for operator in body.get_operators_reader()?.into_iter_with_offsets() {
            let (operator, at) = operator?;
            self.numbers.extend(constant(&operator));
            if LOADS_AND_STORES.contains(&bytes[at]) {
                let mut reader = BinaryReader::new(&bytes[at + 1..], at + 1);
                reader.read_var_u32()?;
                self.numbers.insert(reader.read_var_u32()?);
            }
        }
        Ok(())
    }

    fn take_segment(&mut self, data: &Data<'_>) -> Result<()> {
        if let DataKind::Active { offset_expr, .. } = &data.kind
            && let Some(address) = constant(&offset_expr.get_operators_reader().read()?)
        {
            let file = data.range.end - data.data.len()..data.range.end;
            self.segments.push(Segment { address, file });
        }
        Ok(())
    }

    /// The addresses of all words.
    fn words(&self) -> impl Iterator<Item = u32> {
        self.segments.iter().flat_map(|segment| {
            let end = segment.address.saturating_add(length(&segment.file));
            let first = segment.address.next_multiple_of(WORD_BYTES);
            (first..end).step_by(PLACE_ALIGNMENT)
        })
    }

    fn word(&self, bytes: &[u8], address: u32) -> Option<u32> {
        let file = self.file(&span(address, WORD_BYTES)?)?;
        bytes.get(file)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// Where some memory stands in the file.
    fn file(&self, memory: &Range<u32>) -> Option<Range<usize>> {
        self.segments.iter().find_map(|segment| {
            let from = usize::try_from(memory.start.checked_sub(segment.address)?).ok()?;
            let file = segment.file.start + from..segment.file.start + from + memory.len();
            (file.end <= segment.file.end).then_some(file)
        })
    }

    /// The place at an address, when four words there can be one.
    fn place(&self, bytes: &[u8], address: u32) -> Option<Place> {
        let itself = span(address, PLACE_BYTES)?;
        let word = |number: u32| self.word(bytes, address.checked_add(number * WORD_BYTES)?);
        let path = span(word(0)?, word(1).filter(|&length| length <= MAX_PATH_BYTES)?)?;
        let is_position = (1..MAX_LINE).contains(&word(2)?) && (1..MAX_COLUMN).contains(&word(3)?);
        let text = bytes.get(self.file(&path)?)?;
        let is_path = text.ends_with(ENDING) && text.iter().all(u8::is_ascii_graphic);
        (is_position && is_path).then_some(Place { itself, path })
    }

    fn blank_unnamed<'a>(&self, bytes: &mut [u8], memory: impl Iterator<Item = &'a Range<u32>>) {
        let in_data: BTreeSet<u32> = self.words().filter_map(|at| self.word(bytes, at)).collect();
        for range in memory {
            let is_named = [&self.numbers, &in_data]
                .iter()
                .any(|numbers| numbers.range(range.clone()).next().is_some());
            if !is_named && let Some(file) = self.file(range) {
                bytes[file].fill(0);
            }
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "every other instruction has no number")]
fn constant(operator: &Operator<'_>) -> Option<u32> {
    match operator {
        Operator::I32Const { value } => Some(value.cast_unsigned()),
        _ => None,
    }
}

fn span(address: u32, bytes: u32) -> Option<Range<u32>> {
    Some(address..address.checked_add(bytes)?)
}

fn length(file: &Range<usize>) -> u32 {
    u32::try_from(file.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    // One function that says `i32.const N`, and data at address 64.
    fn program(number: u8, data: &[u8]) -> Vec<u8> {
        let code = [0x0a, 7, 1, 5, 0, 0x41, number, 0x1a, 0x0b];
        let head = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x05\x03\x01\0\x01";
        let length = u8::try_from(data.len()).unwrap();
        let segment = [0x0b, length + 7, 1, 0, 0x41, 0xc0, 0, 0x0b, length];
        [&head[..], &code, &segment, data].concat()
    }

    fn place(path: u8, line: u8) -> Vec<u8> {
        [path, 8, line, 7].iter().flat_map(|&word| u32::from(word).to_le_bytes()).collect()
    }

    fn data() -> Vec<u8> {
        [place(96, 3), place(104, 4), b"src/a.rssrc/b.rs".to_vec()].concat()
    }

    fn blanked(number: u8, data: &[u8]) -> Vec<u8> {
        let mut program = program(number, data);
        blank(&mut program).unwrap();
        program.split_off(program.len() - data.len())
    }

    #[test]
    fn places_that_nothing_names_are_blanked_with_their_paths() {
        assert_eq!(blanked(1, &data()), [0; 48]);
    }

    #[test]
    fn a_place_that_the_code_names_stays_with_its_path() {
        let after = [vec![0; 16], place(104, 4), vec![0; 8], b"src/b.rs".to_vec()].concat();
        let mut program = program_with_second();
        blank(&mut program).unwrap();
        assert_eq!(program.split_off(program.len() - 48), after);
    }

    fn program_with_second() -> Vec<u8> {
        let mut program = program(1, &data());
        let at = program.windows(2).position(|bytes| bytes == [0x41, 1]).unwrap();
        // `i32.const 84` takes two bytes, so the body and the section are one longer.
        program.splice(at + 1..at + 2, [0xd4, 0]);
        program[at - 2] += 1;
        program[at - 4] += 1;
        program
    }

    #[test]
    fn a_path_that_the_data_names_elsewhere_stays() {
        let named = [data(), 100_u32.to_le_bytes().to_vec()].concat();
        let after = [vec![0; 32], b"src/a.rs".to_vec(), vec![0; 8], vec![100, 0, 0, 0]].concat();
        assert_eq!(blanked(1, &named), after);
    }

    #[test]
    fn other_data_stays() {
        let other = b"src/a.rs is 8 bytes long, and no place names it.".to_vec();
        assert_eq!(blanked(1, &other), other);
    }
}
