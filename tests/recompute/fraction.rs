//! Exact fractions, so that no figure agrees by rounding alone.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A fraction in lowest terms; the lower number is above 0.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fraction(i128, i128);

impl Fraction {
    pub const ZERO: Self = Self(0, 1);

    pub fn whole(number: i128) -> Self {
        Self(number, 1)
    }

    fn new(above: i128, below: i128) -> Self {
        assert!(below != 0, "{above} by nothing");
        let common = common(above.unsigned_abs(), below.unsigned_abs()) as i128 * below.signum();
        Self(above / common, below / common)
    }

    /// A decimal as the tables write it; `None` for an empty cell.
    pub fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits: i128 = format!("{whole}{part}").parse().unwrap_or_else(|_| panic!("no number: {text}"));
        Some(Self::new(digits, 10i128.pow(part.len() as u32)))
    }

    pub fn floor(self) -> Self {
        Self::whole(self.0.div_euclid(self.1))
    }

    pub fn ceil(self) -> Self {
        -(-self).floor()
    }

    pub fn abs(self) -> Self {
        Self(self.0.abs(), self.1)
    }

    /// Half away from nought.
    pub fn rounded(self, places: u32) -> Self {
        let scale = Self::whole(10i128.pow(places));
        let half = (self.abs() * scale + Self(1, 2)).floor() / scale;
        if self.0 < 0 { -half } else { half }
    }

    /// `None` where there is nothing to divide by.
    pub fn by(self, below: Self) -> Option<Self> {
        (below != Self::ZERO).then(|| self / below)
    }

    pub fn percent(self, of: Self) -> Option<Self> {
        (self * Self::whole(100)).by(of)
    }

    pub fn number(self) -> f64 {
        self.0 as f64 / self.1 as f64
    }
}

fn common(one: u128, other: u128) -> u128 {
    if other == 0 { one.max(1) } else { common(other, one % other) }
}

impl Add for Fraction {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }
}

impl Neg for Fraction {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0, self.1)
    }
}

impl Sub for Fraction {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Fraction {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(self.0 * other.0, self.1 * other.1)
    }
}

impl Div for Fraction {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Self::new(self.0 * other.1, self.1 * other.0)
    }
}

impl Sum for Fraction {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0 * other.1).cmp(&(other.0 * self.1))
    }
}

impl fmt::Debug for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} ({})", self.0, self.1, self.number())
    }
}

#[test]
fn fractions_are_exact() {
    let of = |text: &str| Fraction::read(text).unwrap();
    assert_eq!(of("0.1") + of("0.2"), of("0.3"));
    assert_eq!((of("13") / of("3")).rounded(2), of("4.33"));
    assert_eq!([of("1.005").rounded(2), of("-1.005").rounded(2)], [of("1.01"), of("-1.01")]);
    assert_eq!([of("-0.5").floor(), of("-0.5").ceil()], [of("-1"), of("0")]);
    assert_eq!(of("2").by(Fraction::ZERO), None);
    assert!(of("1") / of("3") < of("0.3334"));
}
