//! Texts as they are compared, and as a cell can hold them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text as it is compared: lower case, no accents, punctuation as single spaces.
///
/// ```
/// assert_eq!(fairload::book::text::fold("  Allocated-Worker’s  Náme: "), "allocated workers name");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c) && !is_unseen(*c)) {
        match c {
            '\'' | '’' | '‘' | '‛' | '`' | '´' | 'ʼ' | 'ʹ' | '′' | '"' | '“' | '”' | '„' => {}
            '&' => folded.push_str(" and "),
            // Letters whose stroke or tie does not come apart.
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            c if c.is_alphanumeric() || "+✓✔☑☒".contains(c) => folded.extend(c.to_lowercase()),
            _ => folded.push(' '),
        }
    }
    let mut tidy = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// The same for texts without accents, which most are.
fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut parted = false;
    let mut push = |word: bool, c: char| {
        if !word {
            parted = true;
            return;
        }
        if std::mem::take(&mut parted) && !folded.is_empty() {
            folded.push(' ');
        }
        folded.push(c);
    };
    for c in text.chars() {
        match c {
            '\'' | '`' | '"' => {}
            '&' => " and ".chars().for_each(|c| push(c != ' ', c)),
            c => push(c.is_ascii_alphanumeric() || c == '+', c.to_ascii_lowercase()),
        }
    }
    folded
}

/// Text of at most what a cell or a note can hold.
pub(crate) fn fitting(text: &str) -> String {
    const MOST: usize = 32_000;
    if text.encode_utf16().count() <= MOST {
        return text.to_string();
    }
    let kept: String = text.chars().take(MOST / 2).collect();
    format!("{kept} …")
}

/// Marks that take no room: soft hyphens, joiners, marks of direction, byte order marks.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_without_accents_are_folded_alike() {
        // A mark that takes no room sends the text the long way.
        for text in
            ["", " ", "O'Brien", "Mum & Dad", "&&", "a-b_c", " +18 ", "S/W:\tName\n", "\u{1}x", "don't \"do\" `it`"]
        {
            assert_eq!(fold(text), fold(&format!("{text}\u{200b}")), "{text:?}");
        }
    }
}
