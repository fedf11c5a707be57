//! The icon: a sheet with checked lines, and two signatures under it, one for each side.
//! Drawn once in a square of 512 units; the SVG and every PNG come from the same shapes.

use self::shapes::{Colour, Point, Rectangle, Shape, Stroke};

mod raster;
pub(crate) mod shapes;
mod svg;

pub(crate) use raster::png;
pub(crate) use svg::svg;

/// The side of the square that the shapes are drawn in.
pub(crate) const SIDE: f64 = 512.0;

const GROUND: Colour = Colour([0x0f, 0x4c, 0x5c]);
const PAPER: Colour = Colour([0xff, 0xff, 0xff]);
const INK: Colour = Colour([0x0f, 0x4c, 0x5c]);
const FAINT: Colour = Colour([0x9f, 0xb8, 0xbf]);
const SEAL: Colour = Colour([0xc8, 0x10, 0x2e]);

/// What the icon stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// A square with round corners, for systems that show the icon as it is.
    Rounded,
    /// The whole square, for systems that cut their own form out of it; the drawing stays within
    /// the middle four fifths, which no system cuts.
    Full,
}

/// The shapes of the icon, from the bottom up.
pub(crate) fn shapes(ground: Ground) -> Vec<Shape> {
    let (radius, scale) = match ground {
        Ground::Rounded => (96.0, 1.0),
        Ground::Full => (0.0, 0.8),
    };
    let whole = Rectangle { left: 0.0, top: 0.0, width: SIDE, height: SIDE, radius };
    let mut shapes = vec![Shape::Filled(whole, GROUND)];
    shapes.extend(sheet().into_iter().map(|shape| shape.scaled(scale)));
    shapes
}

fn sheet() -> Vec<Shape> {
    let paper = Rectangle { left: 116.0, top: 72.0, width: 280.0, height: 368.0, radius: 24.0 };
    let mut shapes = vec![Shape::Filled(paper, PAPER)];
    for top in [138.0, 212.0] {
        shapes.push(line(22.0, INK, &[(152.0, top), (172.0, top + 20.0), (208.0, top - 20.0)]));
        shapes.push(line(18.0, FAINT, &[(246.0, top), (356.0, top)]));
    }
    shapes.push(line(14.0, FAINT, &[(152.0, 392.0), (236.0, 392.0)]));
    shapes.push(line(14.0, FAINT, &[(276.0, 392.0), (360.0, 392.0)]));
    shapes.push(line(14.0, INK, &signature(156.0)));
    shapes.push(line(14.0, SEAL, &signature(280.0)));
    shapes
}

fn signature(left: f64) -> [(f64, f64); 5] {
    [
        (left, 352.0),
        (left + 22.0, 300.0),
        (left + 32.0, 356.0),
        (left + 54.0, 318.0),
        (left + 74.0, 346.0),
    ]
}

fn line(width: f64, colour: Colour, points: &[(f64, f64)]) -> Shape {
    let points = points.iter().map(|&(x, y)| Point { x, y }).collect();
    Shape::Drawn(Stroke { points, width }, colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_that_systems_cut_stays_in_the_uncut_middle() {
        let safe_radius = SIDE * 0.4;
        let middle = Point { x: SIDE / 2.0, y: SIDE / 2.0 };
        for shape in shapes(Ground::Full).iter().skip(1) {
            for corner in shape.corners() {
                assert!(corner.distance(middle) <= safe_radius, "{corner:?} of {shape:?}");
            }
        }
    }
}
