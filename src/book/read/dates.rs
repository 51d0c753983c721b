//! Serial dates into civil ones.

use calamine::ExcelDateTime;
use jiff::civil::{Date, Time};

use crate::book::sheet::Value;

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

/// The time of day beside a date, to the second; `None` at midnight and where [`value`] gives no date.
pub fn time(serial: &ExcelDateTime) -> Option<Time> {
    const SECONDS: f64 = 86_400.0;
    if !matches!(value(serial), Value::Date(_)) {
        return None;
    }
    let seconds = (serial.as_f64().fract() * SECONDS).round();
    if !(1.0..SECONDS).contains(&seconds) {
        return None;
    }
    let seconds = seconds as u32;
    Time::new((seconds / 3_600) as i8, (seconds / 60 % 60) as i8, (seconds % 60) as i8, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn the_time_beside_a_date() {
        let at = |number| time(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false));
        // A quarter to two in the afternoon is 13.75 of 24 hours.
        assert_eq!(at(45_351.0 + 13.75 / 24.0), Time::new(13, 45, 0, 0).ok());
        assert_eq!(at(45_351.0 + 9.0 / 86_400.0), Time::new(0, 0, 9, 0).ok());
        assert_eq!((at(45_351.0), at(0.5)), (None, None));
        assert_eq!(time(&ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false)), None);
    }
}
