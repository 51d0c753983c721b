//! How numbers are shown: the number formats of spreadsheets, as far as a copy of values keeps them.

use std::sync::Arc;

/// The code of a number format that has a number of its own in every workbook; `None` where it shows a
/// number plainly, or where its currency depends on the country.
pub fn built_in(number: u16) -> Option<&'static str> {
    Some(match number {
        1 => "0",
        2 => "0.00",
        3 | 5 | 6 | 37 | 38 | 41 | 42 => "#,##0",
        4 | 7 | 8 | 39 | 40 | 43 | 44 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        _ => return None,
    })
}

/// Hours and minutes of a length of time.
pub const TIME: &str = "[h]:mm";

/// The code as it may be written into another workbook; `None` where it shows a number plainly, or holds
/// what not every spreadsheet understands: a workbook with such a code is called damaged.
pub fn code(written: &str) -> Option<Arc<str>> {
    const LONGEST: usize = 100;
    let mut signs = written.chars();
    let mut places = 0;
    while let Some(sign) = signs.next() {
        match sign {
            '"' => _ = signs.by_ref().find(|sign| *sign == '"')?,
            '\\' | '_' | '*' => _ = signs.next()?,
            '[' => {
                let mut inside = String::new();
                loop {
                    match signs.next()? {
                        ']' => break,
                        sign => inside.push(sign.to_ascii_lowercase()),
                    }
                }
                let unit = ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.as_str());
                let colour = ["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"];
                let currency = inside.strip_prefix('$').and_then(|rest| rest.split('-').next());
                if !unit && !colour.contains(&inside.as_str()) && currency.is_none_or(|sign| sign.len() > 3) {
                    return None;
                }
                places += usize::from(unit);
            }
            '0' | '#' | '?' | 'h' | 'H' | 'm' | 's' | 'S' => places += 1,
            '.' | ',' | '%' | ';' | ':' | '/' | ' ' | '-' | '+' | '(' | ')' | '$' | '£' | '€' => {}
            _ => return None,
        }
    }
    let plain = places == 0 || written.len() > LONGEST || written.split(';').count() > 4;
    (!plain).then(|| Arc::from(written))
}

/// The code that shows a number as this text, for formats that keep the text beside the number.
pub fn code_as_shown(kind: &str, number: f64, text: &str) -> Option<Arc<str>> {
    let text = text.trim();
    if kind == "time" {
        let parts: Vec<&str> = text.split(':').collect();
        let figures = parts.iter().all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
        let hours = if text.starts_with('0') { "[hh]" } else { "[h]" };
        return match parts.len() {
            2 if figures => Some(format!("{hours}:mm").into()),
            3 if figures => Some(format!("{hours}:mm:ss").into()),
            _ => None,
        };
    }
    let figure = text.trim_start_matches('-');
    let symbol = ["£", "€", "$"].into_iter().find(|symbol| figure.starts_with(symbol));
    let figure = symbol.map_or(figure, |symbol| &figure[symbol.len()..]);
    let (figure, percent) = match figure.strip_suffix('%') {
        Some(figure) => (figure.trim_end(), true),
        None => (figure, false),
    };
    let grouped = figure.contains(',');
    let digits = figure.replace(',', "");
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let is_figure = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !digits.starts_with('.');
    let shown: f64 = digits.parse().ok().filter(|_| is_figure)?;
    let stored = if percent { number.abs() * 100.0 } else { number.abs() };
    let plain = !percent && symbol.is_none() && !grouped && number.to_string() == text;
    if plain || decimals > 10 || (shown - stored).abs() > 0.500001 * 10f64.powi(-(decimals as i32)) {
        return None;
    }
    let mut code = symbol.map_or(String::new(), |symbol| format!("\"{symbol}\""));
    code.push_str(if grouped { "#,##0" } else { "0" });
    if decimals > 0 {
        code.push('.');
        code.push_str(&"0".repeat(decimals));
    }
    code.push_str(if percent { "%" } else { "" });
    Some(code.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_every_spreadsheet_knows_are_kept() {
        for kept in
            ["0%", "0.0%", "#,##0.00;[Red]-#,##0.00", "[h]:mm", "0.0\" hrs\"", "[$£-809]#,##0.00", "0_)", "# ?/?"]
        {
            assert_eq!(code(kept).as_deref(), Some(kept));
        }
        for not in ["General", "@", "", "\"never closed", "[>9]0", "0\\", "0[", "0;0;0;0;0", "BOOLEAN", "[NatNum1]0"] {
            assert_eq!(code(not), None, "{not}");
        }
    }

    #[test]
    fn a_code_is_told_by_what_it_shows() {
        let told = |kind, number, text| code_as_shown(kind, number, text).map(|code| code.to_string());
        for (kind, number, text, code) in [
            ("percentage", 0.6, "60%", Some("0%")),
            ("percentage", 0.625, "62.5 %", Some("0.0%")),
            ("float", 0.6, "0.60", Some("0.00")),
            ("float", 0.65, "0.7", Some("0.0")),
            ("float", 1234.0, "1,234", Some("#,##0")),
            ("currency", -1234.5, "-£1,234.50", Some("\"£\"#,##0.00")),
            ("time", 1.5, "36:00", Some("[h]:mm")),
            ("time", 0.25, "06:00:00", Some("[hh]:mm:ss")),
            ("float", 0.65, "0.65", None),
            ("float", 0.65, "0,65", None),
            ("float", 0.65, "high", None),
            ("float", 1.0, "TRUE", None),
            ("float", 0.3, "9", None),
            ("time", 0.25, "six", None),
        ] {
            assert_eq!(told(kind, number, text).as_deref(), code, "{number} {text}");
        }
    }
}
