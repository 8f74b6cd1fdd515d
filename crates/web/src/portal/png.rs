//! A PNG of black and white squares. The data is stored, not compressed: the answer is compressed on its way.

/// Modules of white around the code, as its standard asks.
const QUIET: usize = 4;
/// Largest block of stored data.
const BLOCK: usize = 65_535;

/// A picture of `width` × `width` modules (true is black), each `scale` points wide, with the quiet zone around.
pub fn of_modules(dark: &[bool], width: usize, scale: usize) -> Vec<u8> {
    let side = (width + 2 * QUIET) * scale;
    let mut rows = Vec::with_capacity(side * (side / 8 + 2));
    for y in 0..side {
        rows.push(0);
        let mut row = vec![0xffu8; side.div_ceil(8)];
        for x in 0..side {
            let module = (x / scale).checked_sub(QUIET).zip((y / scale).checked_sub(QUIET));
            let black = module.is_some_and(|(mx, my)| mx < width && my < width && dark.get(my * width + mx).is_some_and(|d| *d));
            if black {
                row[x / 8] &= !(0x80 >> (x % 8));
            }
        }
        rows.extend(row);
    }
    let size = u32::try_from(side).unwrap_or(0).to_be_bytes();
    // One bit a point, greyscale.
    let head = [&size[..], &size, &[1, 0, 0, 0, 0]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, *b"IHDR", &head);
    chunk(&mut png, *b"IDAT", &stored(&rows));
    chunk(&mut png, *b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let from = png.len();
    png.extend(kind);
    png.extend(data);
    let sum = crc32(&png[from..]);
    png.extend(sum.to_be_bytes());
}

/// A zlib stream of stored blocks.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(BLOCK).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut a, mut b) = (1u32, 0u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend((b << 16 | a).to_be_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xedb8_8320 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{crc32, of_modules};

    #[test]
    fn the_picture_has_its_parts() {
        // The check value of CRC-32 in every catalogue of CRCs.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        let png = of_modules(&[true], 1, 2);
        assert!(png.starts_with(b"\x89PNG") && png.ends_with(&[0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]));
        assert_eq!(png[16..24], [0, 0, 0, 18, 0, 0, 0, 18]);
    }
}
