//! Enumerations whose members have a name in files: one list gives the type, its names and its reading.

/// Defines an enumeration with kebab-case names, in the order of importance or of reading.
macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$member_about:meta])* $member:ident = $text:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, schemars::JsonSchema)]
        pub enum $name { $($(#[$member_about])* #[schemars(rename = $text)] $member),+ }

        impl $name {
            /// Every member, in order.
            pub const ALL: &'static [$name] = &[$($name::$member),+];

            /// The name used in files.
            pub fn name(self) -> &'static str {
                match self { $($name::$member => $text),+ }
            }

            /// The member of this name, if there is one.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$member),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let name = String::deserialize(from)?;
                Self::named(&name).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|member| member.name()).collect();
                    serde::de::Error::custom(format!("`{name}` is not known here; use one of {}", known.join(", ")))
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.name())
            }
        }
    };
}

pub(crate) use named;
