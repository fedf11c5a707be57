//! The icon as PNG.

use anyhow::{Context, Result};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::shapes::{Point, Shape};
use super::{Ground, SIDE, shapes};

/// The whole file, `side_px` pixels wide and high.
pub(crate) fn png(ground: Ground, side_px: u32) -> Result<Vec<u8>> {
    let shapes = shapes(ground);
    let pixels: Vec<u8> = (0..side_px)
        .flat_map(|row| (0..side_px).map(move |column| (column, row)))
        .flat_map(|(column, row)| pixel(&shapes, column, row, side_px))
        .collect();
    encode(&pixels, side_px).context("cannot write the icon as PNG")
}

fn encode(pixels: &[u8], side_px: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, side_px, side_px);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(file)
}

/// Red, green, blue and opacity. The first shape is the ground; others lie wholly on it.
fn pixel(shapes: &[Shape], column: u32, row: u32, side_px: u32) -> [u8; 4] {
    let unit = SIDE / f64::from(side_px);
    let point = Point { x: (f64::from(column) + 0.5) * unit, y: (f64::from(row) + 0.5) * unit };
    let mut colour = [0.0; 3];
    let mut opacity = 0.0;
    for (order, shape) in shapes.iter().enumerate() {
        let cover = (0.5 - shape.distance(point) / unit).clamp(0.0, 1.0);
        if order == 0 {
            colour = shape.colour().0.map(f64::from);
            opacity = cover;
        } else {
            blend(&mut colour, shape.colour().0, cover);
        }
    }
    let [red, green, blue] = colour.map(to_byte);
    [red, green, blue, to_byte(opacity * 255.0)]
}

fn blend(below: &mut [f64; 3], above: [u8; 3], cover: f64) {
    for (below, above) in below.iter_mut().zip(above) {
        *below += (f64::from(above) - *below) * cover;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "rounded and within 0..=255")]
#[expect(clippy::cast_sign_loss, reason = "rounded and within 0..=255")]
fn to_byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_icon_is_clear_in_its_corners_and_a_full_one_is_not() {
        let corner = |ground| pixel(&shapes(ground), 0, 0, 64)[3];
        assert_eq!(corner(Ground::Rounded), 0);
        assert_eq!(corner(Ground::Full), 255);
    }

    #[test]
    fn the_file_says_its_size() {
        let file = png(Ground::Full, 48).unwrap();
        let header = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        assert_eq!(header.info().size(), (48, 48));
    }
}
