//! Whole numbers as people read them.

/// The digits of a count in threes: `12,345` with a comma.
pub fn grouped(count: u64, mark: char) -> String {
    let text = count.to_string();
    let mut out = String::with_capacity(text.len() + text.len() / 3);
    for (at, digit) in text.chars().enumerate() {
        if at > 0 && (text.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_count_is_its_digits_in_threes(bits in 0_u32..=63, count: u64) {
            let count = count >> bits;
            let text = grouped(count, ',');
            prop_assert_eq!(text.replace(',', ""), count.to_string());
            let parts: Vec<&str> = text.split(',').collect();
            prop_assert!((1..=3).contains(&parts[0].len()));
            prop_assert!(parts[1..].iter().all(|part| part.len() == 3));
        }
    }
}
