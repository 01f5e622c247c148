//! Names that a user types, compared.

/// Whether two names differ only in case, spaces, hyphens and underscores.
pub fn same_name(one: &str, other: &str) -> bool {
    normalized_name(one) == normalized_name(other)
}

/// A name in lower case, without spaces, hyphens and underscores.
pub fn normalized_name(name: &str) -> String {
    name.chars()
        .filter(|character| !matches!(character, ' ' | '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}
