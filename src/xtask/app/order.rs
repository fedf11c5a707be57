//! Puts the functions of a finished program into an order that compresses well: beside each
//! function the one that is most like it.
//!
//! The order of functions means nothing; what names them by number is told the new numbers. Only
//! for a program without names.

use core::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{
    BinaryReader, ElementItems, ElementSectionReader, ExportSectionReader, ExternalKind,
    FunctionBody, Operator, Parser, Payload, TypeRef,
};

const FUNCTIONS: u8 = 3;
const EXPORTS: u8 = 7;
const START: u8 = 8;
const ELEMENTS: u8 = 9;
const CODE: u8 = 10;

/// How many bytes stand before the first section.
const HEADER_BYTES: usize = 8;

/// A function that the program defines.
struct Function {
    type_index: u32,
    body: Range<usize>,
    /// Where its body names other functions.
    calls: Vec<usize>,
}

/// What of a program has to do with the numbers of its functions.
#[derive(Default)]
struct Program {
    imported: u32,
    types: Vec<u32>,
    functions: Vec<Function>,
    sections: Vec<(u8, Range<usize>)>,
    /// Where exports, tables and the start name functions.
    named: Vec<usize>,
}

/// The same program, its functions in another order.
///
/// # Errors
/// When it is not a program, or one that names functions in a way that wasm-opt does not write.
pub(super) fn by_likeness(bytes: &[u8]) -> Result<Vec<u8>> {
    let program = Program::read(bytes).context("cannot read the program")?;
    let mut order: Vec<usize> = (0..program.functions.len()).collect();
    order.sort_by_cached_key(|&at| program.functions[at].likeness(bytes));
    program.written(bytes, &order)
}

impl Function {
    /// Its type, then its body without the numbers of what it calls: those say nothing of likeness.
    fn likeness(&self, bytes: &[u8]) -> (u32, Vec<u8>) {
        (self.type_index, patched(bytes, &self.body, &self.calls, |_| Vec::new()))
    }
}

impl Program {
    fn read(bytes: &[u8]) -> Result<Self> {
        let mut program = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            program.take(bytes, &payload?)?;
        }
        ensure!(program.types.len() == program.functions.len(), "a function lacks its body");
        for (function, type_index) in program.functions.iter_mut().zip(&program.types) {
            function.type_index = *type_index;
        }
        Ok(program)
    }

    fn take(&mut self, bytes: &[u8], payload: &Payload<'_>) -> Result<()> {
        self.sections.extend(payload.as_section());
        if let Payload::ImportSection(imports) = payload {
            for import in imports.clone().into_imports() {
                self.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        }
        if let Payload::FunctionSection(types) = payload {
            self.types = types.clone().into_iter().collect::<Result<_, _>>()?;
        }
        if let Payload::ExportSection(exports) = payload {
            self.take_exports(bytes, exports)?;
        }
        if let Payload::StartSection { range, .. } = payload {
            self.named.push(range.start);
        }
        if let Payload::ElementSection(elements) = payload {
            self.take_elements(elements)?;
        }
        if let Payload::GlobalSection(globals) = payload {
            for global in globals.clone() {
                for operator in global?.init_expr.get_operators_reader() {
                    let names = matches!(operator?, Operator::RefFunc { .. });
                    ensure!(!names, "a global names a function");
                }
            }
        }
        if let Payload::CodeSectionEntry(body) = payload {
            self.functions.push(function(body)?);
        }
        if let Payload::CustomSection(custom) = payload {
            ensure!(custom.name() != "name", "the program has kept its names");
        }
        Ok(())
    }

    fn take_exports(&mut self, bytes: &[u8], exports: &ExportSectionReader<'_>) -> Result<()> {
        for export in exports.clone().into_iter_with_offsets() {
            let (at, export) = export?;
            if export.kind == ExternalKind::Func {
                let mut reader = BinaryReader::new(&bytes[at..], at);
                reader.read_string()?;
                reader.read_u8()?;
                self.named.push(reader.original_position());
            }
        }
        Ok(())
    }

    fn take_elements(&mut self, elements: &ElementSectionReader<'_>) -> Result<()> {
        for element in elements.clone() {
            if let ElementItems::Functions(functions) = element?.items {
                for function in functions.into_iter_with_offsets() {
                    self.named.push(function?.0);
                }
            } else {
                anyhow::bail!("a table names a function by an expression");
            }
        }
        Ok(())
    }

    fn written(&self, bytes: &[u8], order: &[usize]) -> Result<Vec<u8>> {
        let mut numbers = vec![0; order.len()];
        for (number, &at) in (self.imported..).zip(order) {
            numbers[at] = number;
        }
        let renumber = |at| leb(renumbered(self.imported, &numbers, number_at(bytes, at)));
        let mut written = bytes[..HEADER_BYTES].to_vec();
        for (id, range) in &self.sections {
            let content = match *id {
                FUNCTIONS => self.types_in(order),
                CODE => self.code_in(bytes, order, renumber),
                EXPORTS | START | ELEMENTS => patched(bytes, range, &self.named, renumber),
                _ => bytes[range.clone()].to_vec(),
            };
            written.push(*id);
            written.extend(leb(u32::try_from(content.len())?));
            written.extend(content);
        }
        Ok(written)
    }

    fn types_in(&self, order: &[usize]) -> Vec<u8> {
        let types = order.iter().flat_map(|&at| leb(self.types[at]));
        counted(order.len()).into_iter().chain(types).collect()
    }

    fn code_in(
        &self,
        bytes: &[u8],
        order: &[usize],
        renumber: impl Fn(usize) -> Vec<u8>,
    ) -> Vec<u8> {
        let mut code = counted(order.len());
        for &at in order {
            let Function { body, calls, .. } = &self.functions[at];
            let body = patched(bytes, body, calls, &renumber);
            code.extend(counted(body.len()));
            code.extend(body);
        }
        code
    }
}

fn function(body: &FunctionBody<'_>) -> Result<Function> {
    let mut calls = Vec::new();
    for operator in body.get_operators_reader()?.into_iter_with_offsets() {
        let (operator, at) = operator?;
        if matches!(operator, Operator::Call { .. } | Operator::RefFunc { .. }) {
            calls.push(at + 1);
        }
        let returns = matches!(operator, Operator::ReturnCall { .. });
        ensure!(!returns, "a function ends in another, which the order does not know");
    }
    Ok(Function { type_index: 0, body: body.range(), calls })
}

fn renumbered(imported: u32, numbers: &[u32], number: u32) -> u32 {
    let own = number.checked_sub(imported).and_then(|own| usize::try_from(own).ok());
    own.and_then(|own| numbers.get(own)).copied().unwrap_or(number)
}

/// What stands in a range, with other bytes for the number at each place.
fn patched(
    bytes: &[u8],
    range: &Range<usize>,
    places: &[usize],
    number: impl Fn(usize) -> Vec<u8>,
) -> Vec<u8> {
    let mut patched = Vec::with_capacity(range.len());
    let mut from = range.start;
    for &at in places.iter().filter(|at| range.contains(at)) {
        patched.extend_from_slice(&bytes[from..at]);
        patched.extend(number(at));
        from = at + number_bytes(bytes, at);
    }
    patched.extend_from_slice(&bytes[from..range.end]);
    patched
}

/// The number that is written at a place of a program that has been read.
fn number_at(bytes: &[u8], at: usize) -> u32 {
    let digits = bytes[at..at + number_bytes(bytes, at)].iter().rev();
    digits.fold(0, |number, digit| number << 7 | u32::from(digit & 0x7f))
}

fn number_bytes(bytes: &[u8], at: usize) -> usize {
    1 + bytes[at..].iter().take_while(|&&digit| digit & 0x80 != 0).count()
}

fn counted(count: usize) -> Vec<u8> {
    leb(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A number as programs write it: seven bits a byte, the lowest first.
fn leb(mut number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or_default());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    // Function 0 is imported. 1 and 3 have a body of one kind, 2 of another; 3 calls 2 and 1; 2 is
    // exported; the table holds 1 and 3.
    const PROGRAM: &[u8] = b"\0asm\x01\0\0\0\
        \x01\x04\x01\x60\0\0\
        \x02\x07\x01\x01a\x01b\0\0\
        \x03\x04\x03\0\0\0\
        \x04\x04\x01\x70\0\x02\
        \x07\x05\x01\x01e\0\x02\
        \x09\x08\x01\0\x41\0\x0b\x02\x01\x03\
        \x0a\x12\x03\
        \x04\0\x10\0\x0b\
        \x03\0\x01\x0b\
        \x07\0\x10\x02\x10\x01\x01\x0b";

    // Bodies sorted without what they call: 2 (`01`), 1 (`10 0b`), 3 (`10 10`).
    const EXPECTED: &[u8] = b"\0asm\x01\0\0\0\
        \x01\x04\x01\x60\0\0\
        \x02\x07\x01\x01a\x01b\0\0\
        \x03\x04\x03\0\0\0\
        \x04\x04\x01\x70\0\x02\
        \x07\x05\x01\x01e\0\x01\
        \x09\x08\x01\0\x41\0\x0b\x02\x02\x03\
        \x0a\x12\x03\
        \x03\0\x01\x0b\
        \x04\0\x10\0\x0b\
        \x07\0\x10\x01\x10\x02\x01\x0b";

    #[test]
    fn whatever_names_a_function_names_it_in_the_new_order() {
        assert_eq!(by_likeness(PROGRAM).unwrap(), EXPECTED);
    }

    #[test]
    fn an_ordered_program_stays_as_it_is() {
        assert_eq!(by_likeness(EXPECTED).unwrap(), EXPECTED);
    }

    #[test]
    fn a_program_with_names_is_refused() {
        let named = [PROGRAM, b"\0\x10\x04name\x01\x09\x01\x01\x06fit::a"].concat();
        let error = by_likeness(&named).unwrap_err();
        assert!(format!("{error:#}").contains("kept its names"), "{error:#}");
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for number in [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, u32::MAX] {
            let bytes = leb(number);
            assert_eq!((number_at(&bytes, 0), number_bytes(&bytes, 0)), (number, bytes.len()));
        }
    }
}
