//! DER (X.690), as much as signatures need: values are borrowed, sizes are checked, nothing is guessed.

/// Tag of a SEQUENCE.
pub(crate) const SEQUENCE: u8 = 0x30;
/// Tag of a SET.
pub(crate) const SET: u8 = 0x31;
/// Tag of an INTEGER.
pub(crate) const INTEGER: u8 = 0x02;
/// Tag of an OCTET STRING.
pub(crate) const OCTETS: u8 = 0x04;
/// Tag of an OBJECT IDENTIFIER.
pub(crate) const OID: u8 = 0x06;
/// Tag of a GeneralizedTime.
pub(crate) const TIME: u8 = 0x18;
/// Tag of `[0]` with a value inside.
pub(crate) const CONTEXT_0: u8 = 0xa0;
/// Tag of `[1]` with a value inside.
pub(crate) const CONTEXT_1: u8 = 0xa1;

/// One value: its tag, what is inside, and the whole with its head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value<'a> {
    pub(crate) tag: u8,
    pub(crate) inside: &'a [u8],
    pub(crate) whole: &'a [u8],
}

/// Reads values one after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next value, whatever its tag.
    pub(crate) fn any(&mut self) -> Option<Value<'a>> {
        let (tag, first) = (*self.0.first()?, *self.0.get(1)?);
        let (length, head) = if first < 0x80 {
            (usize::from(first), 2)
        } else {
            let count = usize::from(first & 0x7f);
            // Four bytes of length are more than any file here.
            if count == 0 || count > 4 {
                return None;
            }
            let bytes = self.0.get(2..2 + count)?;
            (bytes.iter().fold(0usize, |n, b| n << 8 | usize::from(*b)), 2 + count)
        };
        let whole = self.0.get(..head.checked_add(length)?)?;
        self.0 = &self.0[whole.len()..];
        Some(Value {
            tag,
            inside: &whole[head..],
            whole,
        })
    }

    /// The next value, which must have this tag.
    pub(crate) fn take(&mut self, tag: u8) -> Option<Value<'a>> {
        self.any().filter(|v| v.tag == tag)
    }

    /// The next value if it has this tag; else nothing is taken.
    pub(crate) fn maybe(&mut self, tag: u8) -> Option<Value<'a>> {
        if self.0.first() == Some(&tag) { self.any() } else { None }
    }
}

impl<'a> Value<'a> {
    /// Reads what is inside.
    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader(self.inside)
    }
}

/// Writes a value.
pub(crate) fn value(tag: u8, inside: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = inside.len();
    if let Ok(short @ 0..0x80) = u8::try_from(length) {
        out.push(short);
    } else {
        let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|b| *b == 0).collect();
        out.push(0x80 | u8::try_from(bytes.len()).unwrap_or(0x7f));
        out.extend(bytes);
    }
    out.extend_from_slice(inside);
    out
}

/// Writes values one after another inside one.
pub(crate) fn list(tag: u8, values: &[&[u8]]) -> Vec<u8> {
    value(tag, &values.concat())
}

/// Writes a SET OF: its values in the order that DER wants.
pub(crate) fn set_of(tag: u8, mut values: Vec<Vec<u8>>) -> Vec<u8> {
    values.sort();
    value(tag, &values.concat())
}
