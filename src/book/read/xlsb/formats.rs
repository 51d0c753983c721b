//! What numbers are by their formats, and how they are shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use calamine::{ExcelDateTime, ExcelDateTimeType};

use crate::book::read::bytes::u16_at;
use crate::book::read::{dates, shown};
use crate::book::sheet::{Shown, Value};

use super::records::{Records, text_at};

/// What the sheets of a workbook share.
pub struct Context {
    /// The texts that cells point at.
    pub texts: Vec<Arc<str>>,
    /// The number format of each cell format.
    pub formats: Vec<NumberFormat>,
    /// Days are counted from 1904.
    pub from_1904: bool,
}

/// What numbers of a format are, and the code that shows them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberFormat {
    kind: Kind,
    code: Option<Arc<str>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Number,
    Date,
    Duration,
}

/// A value with the way it is shown, where that is not the plain way.
pub type Looked = (Value, Option<Shown>);

impl Context {
    /// A number in a cell of this format, and how it is shown.
    pub fn number(&self, style: u32, number: f64) -> Looked {
        let format = self.formats.get(style as usize);
        let code = || format.and_then(|format| format.code.clone()).map(Shown::Code);
        let kind = match format.map(|format| format.kind) {
            Some(Kind::Date) => ExcelDateTimeType::DateTime,
            Some(Kind::Duration) => ExcelDateTimeType::TimeDelta,
            Some(Kind::Number) | None => return (Value::Number(number), code()),
        };
        let serial = ExcelDateTime::new(number, kind, self.from_1904);
        match dates::value(&serial) {
            Value::Number(number) => (Value::Number(number), code().or_else(|| Some(Shown::Code(shown::TIME.into())))),
            date => (date, dates::time(&serial).map(Shown::Time)),
        }
    }
}

/// The number format of each cell format; `None` where a record is cut short.
pub fn formats(part: &[u8]) -> Option<Vec<NumberFormat>> {
    const FORMAT: u16 = 44;
    const CELL_FORMAT: u16 = 47;
    const BEGIN_CELL_FORMATS: u16 = 617;
    const END_CELL_FORMATS: u16 = 618;
    let mut written: BTreeMap<u16, NumberFormat> = BTreeMap::new();
    let mut found = Vec::new();
    let mut within = false;
    for (kind, data) in (Records { left: part }) {
        match kind {
            FORMAT => {
                let code = text_at(data, 2)?.0;
                let format = NumberFormat { kind: kind_of(&code), code: shown::code(&code) };
                written.insert(u16_at(data, 0)?, format);
            }
            BEGIN_CELL_FORMATS => within = true,
            END_CELL_FORMATS => within = false,
            CELL_FORMAT if within => {
                let number = u16_at(data, 2)?;
                let kind = match number {
                    14..=22 | 27..=36 | 45 | 47 | 50..=58 => Kind::Date,
                    46 => Kind::Duration,
                    _ => Kind::Number,
                };
                let built_in = || NumberFormat { kind, code: shown::built_in(number).map(Arc::from) };
                found.push(written.get(&number).cloned().unwrap_or_else(built_in));
            }
            _ => {}
        }
    }
    Some(found)
}

/// What a number format shows, by its first section: letters of a date outside quotes and brackets.
fn kind_of(format: &str) -> Kind {
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => _ = signs.by_ref().find(|sign| *sign == '"'),
            // What follows is a sign to be shown, to be left room for, or to be filled with.
            '\\' | '_' | '*' => _ = signs.next(),
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let inside = inside.to_lowercase();
                if !inside.is_empty() && ['h', 'm', 's'].iter().any(|unit| inside.chars().all(|sign| sign == *unit)) {
                    return Kind::Duration;
                }
            }
            ';' => break,
            sign if "dmyhsDMYHS".contains(sign) => return Kind::Date,
            _ => {}
        }
    }
    Kind::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_by_their_format() {
        for format in ["dd/mm/yyyy", "d-mmm-yy", "h:mm AM/PM", "[$-809]dddd, d mmmm", "\"on \"d/m", "[Red]yyyy;0"] {
            assert_eq!(kind_of(format), Kind::Date, "{format}");
        }
        for format in ["[h]:mm:ss", "[mm]", "[Blue][s].00"] {
            assert_eq!(kind_of(format), Kind::Duration, "{format}");
        }
        for format in ["General", "0.00", "0%", "0.00\" days\"", "#,##0_d", "0*y", "\\d0", "[Red]-0", "@", "0;\"y\""] {
            assert_eq!(kind_of(format), Kind::Number, "{format}");
        }
    }

    #[test]
    fn how_numbers_are_shown() {
        let text = |text: &str| -> Vec<u8> {
            let length = (text.len() as u32).to_le_bytes();
            length.into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        };
        let written = [vec![164, 0], text("0.0%")].concat();
        let mut part = [vec![44, written.len() as u8], written].concat();
        // The cell formats stand between records 617 and 618, each kind in two bytes.
        part.extend([0xE9, 4, 0]);
        for number in [0, 9, 22, 46, 164] {
            part.extend([47, 16, 0, 0, number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        }
        part.extend([0xEA, 4, 0]);
        let context = Context { texts: Vec::new(), formats: formats(&part).unwrap(), from_1904: false };
        let code = |code: &str| Some(Shown::Code(code.into()));
        assert_eq!(context.number(0, 0.6), (Value::Number(0.6), None));
        assert_eq!(context.number(1, 0.6), (Value::Number(0.6), code("0%")));
        let (day, time) = (jiff::civil::date(2024, 2, 29), jiff::civil::time(13, 45, 0, 0));
        assert_eq!(context.number(2, 45_351.0 + 13.75 / 24.0), (Value::Date(day), Some(Shown::Time(time))));
        assert_eq!(context.number(3, 1.5), (Value::Number(1.5), code("[h]:mm:ss")));
        assert_eq!(context.number(4, 0.625), (Value::Number(0.625), code("0.0%")));
    }
}
