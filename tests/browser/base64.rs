//! Base64, in which the browser hands over pictures and documents.

/// Returns the bytes that a text in base64 stands for; what is not of its alphabet is left out.
pub fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes().filter_map(digit) {
        bits = bits << 6 | digit;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

fn digit(letter: u8) -> Option<u32> {
    let digit = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(digit))
}

#[test]
fn base64_is_read_with_and_without_padding() {
    assert_eq!(decode("aGFyZA=="), b"hard");
    assert_eq!(decode("ZWFzeSA/"), b"easy ?");
    assert_eq!(decode("+/8="), [0xfb, 0xff]);
}
