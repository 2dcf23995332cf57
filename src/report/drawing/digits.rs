//! Numbers as text, by the ten thousand: without the machinery of formatting.

/// Adds a whole number.
pub(super) fn push_number(out: &mut String, number: i32) {
    if number < 0 {
        out.push('-');
    }
    push_digits(out, number.unsigned_abs());
}

fn push_digits(out: &mut String, number: u32) {
    if number >= 10 {
        push_digits(out, number / 10);
    }
    out.extend(char::from_digit(number % 10, 10));
}

/// Adds a colour, given as 0xRRGGBB.
pub(super) fn push_colour(out: &mut String, colour: u32) {
    out.push('#');
    for place in (0..6).rev() {
        out.extend(char::from_digit(colour >> (4 * place) & 0xf, 16));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_colours_read_as_formatted_ones() {
        for number in [0, 7, -7, 10, 99, 100, -1250, i32::MAX, i32::MIN] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, number.to_string());
        }
        for colour in [0, 0x0c_12_19, 0xff_ff_ff, 0xa6_24_4a] {
            let mut out = String::new();
            push_colour(&mut out, colour);
            assert_eq!(out, format!("#{colour:06x}"));
        }
    }
}
