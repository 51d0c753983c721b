//! What to mark and note on the manager's own sheets, as a value, before any file exists.

use crate::book::names::named;
use crate::book::rag::Rag;
use crate::book::sheet::Place;

/// Marks for the cells of one workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotation {
    /// By place, ascending, one mark for each cell.
    pub marks: Vec<Mark>,
}

/// A fill and a note for one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The cell.
    pub place: Place,
    /// The fill; a cell with a fill of its own keeps it.
    pub tone: Option<Tone>,
    /// The note's text, lines parted by `\n`.
    pub note: Option<String>,
}

named! {
    /// A colour with a meaning, which always stands beside a word: in the cell itself or in its note.
    ///
    /// The darker the graver, so that red, amber and green, and error, warning and note, are told apart
    /// in greyscale print and by colour-blind people; the tests say by how much.
    Tone {
        /// Red, the gravest of the three lights.
        Red = "red",
        /// Amber, the middle one.
        Amber = "amber",
        /// Green, the least.
        Green = "green",
        /// Grey: no light at all.
        NotScored = "not-scored",
        /// Something is wrong with a cell.
        Error = "error",
        /// Something may be wrong with a cell.
        Warning = "warning",
        /// Something is worth knowing of a cell.
        Note = "note",
    }
}

impl Tone {
    /// The fill of a colour.
    pub fn of(rag: Rag) -> Self {
        match rag {
            Rag::Red => Tone::Red,
            Rag::Amber => Tone::Amber,
            Rag::Green => Tone::Green,
            Rag::NotScored => Tone::NotScored,
        }
    }

    /// The fill as `RRGGBB`. The values are our own to the last digit, so that our fills can be
    /// told from the manager's when a workbook comes back.
    pub fn rgb(self) -> &'static str {
        match self {
            Tone::Red => "EE827C",
            Tone::Amber => "FFB54F",
            Tone::Green => "C8EBC8",
            Tone::NotScored => "F0F0F2",
            Tone::Error => "F29EC4",
            Tone::Warning => "F2D65C",
            Tone::Note => "E1EDFF",
        }
    }

    /// Whether a fill of this shade, as `RRGGBB` in capitals, is ours: of today or of an earlier version.
    pub fn is_ours(rgb: &str) -> bool {
        FORMER.contains(&rgb) || Tone::ALL.iter().any(|tone| tone.rgb() == rgb)
    }
}

/// The shades that workbooks of earlier versions carry.
const FORMER: [&str; 7] = ["F4A09B", "FFD98E", "C9E7CB", "DDDDE1", "F9C3D5", "FFF1B9", "D6E6F7"];

#[cfg(test)]
mod tests {
    use super::*;

    type Rgb = [f64; 3];

    /// What is left of a colour to those who lack a kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
    const SIGHTS: [(&str, [Rgb; 3]); 4] = [
        ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ),
        (
            "deuteranopia",
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        ),
        (
            "tritanopia",
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        ),
    ];

    /// The shade in linear light.
    fn linear(shade: &str) -> Rgb {
        [0, 2, 4].map(|at| {
            let part = f64::from(u8::from_str_radix(&shade[at..at + 2], 16).unwrap()) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn seen(colour: Rgb, sight: &[Rgb; 3]) -> Rgb {
        sight.map(|row| row.iter().zip(colour).map(|(share, part)| share * part).sum::<f64>().clamp(0.0, 1.0))
    }

    fn luminance(colour: Rgb) -> f64 {
        0.2126729 * colour[0] + 0.7151522 * colour[1] + 0.0721750 * colour[2]
    }

    /// Lightness from 0, black, to 100, white, and two axes of hue (CIE 1976).
    fn lab(colour: Rgb) -> [f64; 3] {
        let f = |t: f64| if t > 216.0 / 24_389.0 { t.cbrt() } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 };
        let [r, g, b] = colour;
        let x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
        let y = f(luminance(colour));
        let z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn grey_apart(one: &str, other: &str) -> f64 {
        (lab(linear(one))[0] - lab(linear(other))[0]).abs()
    }

    fn colour_apart(one: &str, other: &str, sight: &[Rgb; 3]) -> f64 {
        let (one, other) = (lab(seen(linear(one), sight)), lab(seen(linear(other), sight)));
        one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
    }

    fn contrast(fill: &str, text: &str) -> f64 {
        (luminance(linear(fill)) + 0.05) / (luminance(linear(text)) + 0.05)
    }

    const LIGHTS: [Tone; 3] = [Tone::Red, Tone::Amber, Tone::Green];
    const FLAWS: [Tone; 3] = [Tone::Error, Tone::Warning, Tone::Note];

    /// Contrasts by hand: white on black is 21, and pure red against black 5.252 (WCAG 2.1).
    #[test]
    fn the_measures_are_right() {
        assert_eq!((contrast("FFFFFF", "000000") * 100.0).round(), 2100.0);
        assert_eq!((contrast("FF0000", "000000") * 1000.0).round(), 5253.0);
        assert_eq!(grey_apart("FFFFFF", "000000").round(), 100.0);
    }

    #[test]
    fn text_on_every_fill_is_legible() {
        for tone in Tone::ALL {
            // Black as spreadsheets write it, and the ink of our own sheets.
            for ink in ["000000", "1F2937"] {
                assert!(contrast(tone.rgb(), ink) >= 4.5, "{tone:?} under {ink}: {}", contrast(tone.rgb(), ink));
            }
        }
    }

    #[test]
    fn greyscale_print_tells_the_graver_by_the_darker() {
        for (group, least) in [(LIGHTS, 10.0), (FLAWS, 7.0)] {
            for pair in group.windows(2) {
                let (dark, light) = (lab(linear(pair[0].rgb()))[0], lab(linear(pair[1].rgb()))[0]);
                assert!(light - dark >= least, "{pair:?}: {dark} and {light}");
            }
        }
        for tone in LIGHTS {
            assert!(grey_apart(tone.rgb(), Tone::NotScored.rgb()) >= 5.0, "{tone:?} and grey");
        }
    }

    #[test]
    fn colour_blind_people_tell_them_apart() {
        let lights = [Tone::Red, Tone::Amber, Tone::Green, Tone::NotScored];
        for group in [&lights[..], &FLAWS] {
            for (at, one) in group.iter().enumerate() {
                for other in &group[at + 1..] {
                    for (name, sight) in &SIGHTS {
                        let apart = colour_apart(one.rgb(), other.rgb(), sight);
                        // From about 2 on a difference is noticed where the two touch; 12 is plain from afar.
                        assert!(apart >= 12.0, "{one:?} and {other:?} with {name} sight: {apart}");
                    }
                }
            }
        }
    }

    #[test]
    fn fills_of_earlier_versions_are_still_ours() {
        assert!(Tone::is_ours("F4A09B") && Tone::is_ours(Tone::Red.rgb()));
        assert!(!Tone::is_ours("FF0000"));
    }
}
