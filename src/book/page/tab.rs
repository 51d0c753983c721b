//! Names of tabs.

const LONGEST: usize = 31;

/// The wished name, shortened to what a tab can have, with a number behind it where it is taken: `Policy (2)`.
///
/// `taken` is in lower case: spreadsheets compare the names of tabs without regard to case.
pub fn free_tab(wished: &str, taken: &[String]) -> String {
    let mut name = shortened(wished, LONGEST);
    let mut number = 2u32;
    while taken.contains(&name.to_lowercase()) {
        let ending = format!(" ({number})");
        name = format!("{}{ending}", shortened(wished, LONGEST - ending.len()));
        number += 1;
    }
    name
}

/// At most so many UTF-16 units, which is what spreadsheets count.
fn shortened(text: &str, most: usize) -> String {
    let mut units = 0;
    let kept = text.chars().take_while(|sign| {
        units += sign.len_utf16();
        units <= most
    });
    kept.collect::<String>().trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_way_to_those_there_are() {
        let taken = ["policy", "findings", "findings (2)"].map(String::from);
        let names = ["RAG summary", "Policy", "Findings"].map(|wished| free_tab(wished, &taken));
        assert_eq!(names, ["RAG summary", "Policy (2)", "Findings (3)"]);
        let long = "a".repeat(31);
        assert_eq!(free_tab(&long, std::slice::from_ref(&long)), format!("{} (2)", "a".repeat(27)));
        assert_eq!(free_tab(&format!("{long}a"), &[]), long);
    }
}
