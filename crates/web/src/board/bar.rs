//! A bar in parts, drawn by the server. Lengths are shares of the longest bar, so that bars can be compared.

/// Width of the drawing.
const WIDTH: i64 = 1_000;

/// One bar: where each part begins, and how wide it is.
pub(super) struct Bar {
    /// On time, late, waiting, done: begin and width.
    pub parts: [(i64, i64); 4],
}

impl Bar {
    /// A bar of four numbers where the longest bar stands for `most`.
    pub fn new(numbers: [i64; 4], most: i64) -> Self {
        let most = most.max(1);
        let (mut sum, mut parts) = (0, [(0, 0); 4]);
        for (part, n) in parts.iter_mut().zip(numbers) {
            let from = sum * WIDTH / most;
            sum += n;
            *part = (from, sum * WIDTH / most - from);
        }
        Self { parts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_the_longest_bar_fill_the_drawing_without_a_gap() {
        let bar = Bar::new([3, 3, 3, 1], 10);
        assert_eq!(bar.parts, [(0, 300), (300, 300), (600, 300), (900, 100)]);
        assert_eq!(Bar::new([0, 0, 0, 0], 0).parts, [(0, 0); 4]);
    }
}
