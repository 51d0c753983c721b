//! Serial dates into civil ones.

use calamine::ExcelDateTime;
use jiff::civil::Date;

use crate::sheet::Value;

/// The date of a cell that is shown as one; a duration or a time of day stays the number of days that it is.
pub fn value(serial: &ExcelDateTime) -> Value {
    let number = Value::Number(serial.as_f64());
    if serial.is_duration() || serial.as_f64() < 1.0 {
        return number;
    }
    let (year, month, day, ..) = serial.to_ymd_hms_milli();
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let (Ok(year), Ok(month), Ok(day)) = parts else { return number };
    Date::new(year, month, day).map_or(number, Value::Date)
}
