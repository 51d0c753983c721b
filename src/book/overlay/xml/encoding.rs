//! The text of a part, whatever its encoding.

use std::ops::Range;

use super::{Refusal, mark_length};

/// Decodes a part to UTF-8, its declaration put right; a byte order mark stays in the text.
pub fn decode(bytes: Vec<u8>, part: &str) -> Result<String, Refusal> {
    let sixteen = |little: bool, bytes: &[u8]| {
        let units = bytes.chunks_exact(2).map(|pair| {
            if little { u16::from_le_bytes([pair[0], pair[1]]) } else { u16::from_be_bytes([pair[0], pair[1]]) }
        });
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let wide = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => Some(sixteen(true, rest)),
        [0xFE, 0xFF, rest @ ..] => Some(sixteen(false, rest)),
        [b'<', 0, ..] => Some(sixteen(true, &bytes)),
        [0, b'<', ..] => Some(sixteen(false, &bytes)),
        // Latin 1 is the first 256 characters, each in a byte.
        _ if declares_latin(&bytes) => Some(Some(bytes.iter().copied().map(char::from).collect())),
        _ => None,
    };
    let unreadable = || Refusal(format!("its part `{part}` is not in a text encoding that can be written back safely"));
    let text = match wide {
        Some(text) => {
            let mut text = text.ok_or_else(unreadable)?;
            if let Some((range, _)) = declared_encoding(&text) {
                text.replace_range(range, "UTF-8");
            }
            return Ok(text);
        }
        None => String::from_utf8(bytes).map_err(|_| unreadable())?,
    };
    match declared_encoding(&text) {
        Some((_, name)) if !["utf-8", "utf8", "us-ascii", "ascii"].contains(&name.to_lowercase().as_str()) => {
            Err(unreadable())
        }
        _ => Ok(text),
    }
}

fn declares_latin(bytes: &[u8]) -> bool {
    let head: String = bytes.iter().take(200).copied().map(char::from).collect();
    declared_encoding(&head).is_some_and(|(_, name)| name.eq_ignore_ascii_case("iso-8859-1"))
}

fn declared_encoding(text: &str) -> Option<(Range<usize>, String)> {
    let skip = mark_length(text);
    let declaration = text.get(skip..)?;
    let end = declaration.starts_with("<?xml").then(|| declaration.find("?>")).flatten()?;
    let at = declaration[..end].find("encoding")?;
    let open = at + declaration[at..end].find(['"', '\''])?;
    let quote = declaration[open..].chars().next()?;
    let length = declaration[open + 1..end].find(quote)?;
    let range = skip + open + 1..skip + open + 1 + length;
    Some((range.clone(), text[range].to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_becomes_utf_8_and_what_is_not_known_is_refused() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>é</a>";
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(bytes, "a").unwrap(), "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>é</a>");
        assert!(decode(b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a/>".to_vec(), "a").is_err());
    }
}
