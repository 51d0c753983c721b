//! Text with and without its escapes, and fragments with a prefix.

use super::qualified;

/// Text made safe for an element or an attribute; characters XML cannot hold become spaces.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// Text without its escapes and without the wrapping of CDATA.
pub fn unescape(raw: &str) -> String {
    if let Some((before, rest)) = raw.split_once("<![CDATA[") {
        let (inside, after) = rest.split_once("]]>").unwrap_or((rest, ""));
        return unescape(before) + inside + &unescape(after);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = rest.find(';').and_then(|end| Some((end, reference(&rest[1..end])?)));
        match found {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// A fragment without prefixes, its tags given one.
pub fn prefixed(fragment: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return fragment.to_string();
    }
    let mut out = String::with_capacity(fragment.len() + 64);
    let mut rest = fragment;
    while let Some(at) = rest.find('<') {
        let name = at + 1 + usize::from(rest[at + 1..].starts_with('/'));
        out.push_str(&rest[..name]);
        if !rest[name..].starts_with(['!', '?']) && !qualified(&rest[at..]).contains(':') {
            out.push_str(prefix);
        }
        rest = &rest[name..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_take_a_prefix() {
        assert_eq!(prefixed("<a><b c=\"1\"/></a>", "x:"), "<x:a><x:b c=\"1\"/></x:a>");
    }

    #[test]
    fn escapes_come_back() {
        assert_eq!(unescape(&escape("a<b & \"c\">")), "a<b & \"c\">");
        assert_eq!(unescape("&#x41;&#66;&nope; &"), "AB&nope; &");
    }
}
