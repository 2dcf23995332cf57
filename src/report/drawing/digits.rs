//! Numbers as text, by the ten thousand: without the machinery of formatting.

/// Most digits of a number.
const MOST_DIGITS: usize = 10;

/// Adds a whole number.
pub(super) fn push_number(out: &mut String, number: i32) {
    if number < 0 {
        out.push('-');
    }
    let mut rest = number.unsigned_abs();
    let mut digits = [b'0'; MOST_DIGITS];
    let mut first = MOST_DIGITS - 1;
    for (place, digit) in digits.iter_mut().enumerate().rev() {
        *digit = digit_of(rest % 10);
        rest /= 10;
        first = place;
        if rest == 0 {
            break;
        }
    }
    for digit in &digits[first..] {
        out.push(char::from(*digit));
    }
}

/// Returns a digit as a letter; of 0 to 15.
fn digit_of(value: u32) -> u8 {
    let value = (value & 0xf) as u8;
    match value {
        0..=9 => b'0' + value,
        _ => b'a' + value - 10,
    }
}

/// Adds a colour, given as 0xRRGGBB.
pub(super) fn push_colour(out: &mut String, colour: u32) {
    out.push('#');
    for place in (0..6).rev() {
        out.push(char::from(digit_of(colour >> (4 * place))));
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
