//! The checksum of FIT: CRC-16 with the reflected polynomial 0xA001 and a start value of 0. Headers are
//! held against it in `header.rs`, whole files in `extent.rs`.

/// The reflected polynomial of CRC-16/ARC, which FIT uses.
const POLYNOMIAL: u16 = 0xA001;

/// How many bytes one step of the loop takes.
const STRIDE: usize = 8;

/// `TABLES[k][b]` is the checksum of byte `b` followed by `k` zero bytes.
static TABLES: [[u16; 256]; STRIDE] = tables();

const fn tables() -> [[u16; 256]; STRIDE] {
    let mut tables = [[0_u16; 256]; STRIDE];
    let mut byte = 0_u16;
    while byte < 256 {
        let mut crc = byte;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ POLYNOMIAL
            } else {
                crc >> 1
            };
            bit += 1;
        }
        tables[0][byte as usize] = crc;
        byte += 1;
    }
    let mut k = 1;
    while k < STRIDE {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[k - 1][byte];
            tables[k][byte] = (before >> 8) ^ tables[0][(before & 0xFF) as usize];
            byte += 1;
        }
        k += 1;
    }
    tables
}

/// Returns the checksum of some bytes.
pub(crate) fn checksum(bytes: &[u8]) -> u16 {
    let mut crc = 0_u16;
    let mut chunks = bytes.chunks_exact(STRIDE);
    for chunk in &mut chunks {
        let [low, high] = crc.to_le_bytes();
        crc = TABLES[7][usize::from(chunk[0] ^ low)]
            ^ TABLES[6][usize::from(chunk[1] ^ high)]
            ^ TABLES[5][usize::from(chunk[2])]
            ^ TABLES[4][usize::from(chunk[3])]
            ^ TABLES[3][usize::from(chunk[4])]
            ^ TABLES[2][usize::from(chunk[5])]
            ^ TABLES[1][usize::from(chunk[6])]
            ^ TABLES[0][usize::from(chunk[7])];
    }
    for byte in chunks.remainder() {
        let [low, _] = crc.to_le_bytes();
        crc = (crc >> 8) ^ TABLES[0][usize::from(byte ^ low)];
    }
    crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_crc_16_arc() {
        assert_eq!(checksum(b"123456789"), 0xBB3D);
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn long_strides_equal_single_bytes() {
        let bytes: Vec<u8> = (0..=250).collect();
        let slow = bytes.iter().fold(0_u16, |crc, byte| {
            let [low, _] = crc.to_le_bytes();
            (crc >> 8) ^ TABLES[0][usize::from(byte ^ low)]
        });
        assert_eq!(checksum(&bytes), slow);
    }
}
