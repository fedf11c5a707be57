//! The icon as SVG.

use super::shapes::{Rectangle, Shape, Stroke};
use super::{Ground, SIDE, shapes};

/// The whole file.
pub(crate) fn svg(ground: Ground) -> String {
    let drawn: String = shapes(ground).iter().map(element).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\">\n{drawn}</svg>\n"
    )
}

fn element(shape: &Shape) -> String {
    let colour = shape.colour().hex();
    match shape {
        Shape::Filled(Rectangle { left, top, width, height, radius }, _) => format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" \
             fill=\"{colour}\"/>\n"
        ),
        Shape::Drawn(Stroke { points, width }, _) => {
            let points: Vec<_> = points.iter().map(|at| format!("{},{}", at.x, at.y)).collect();
            let points = points.join(" ");
            format!(
                "<polyline points=\"{points}\" stroke=\"{colour}\" stroke-width=\"{width}\" \
                 fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\n"
            )
        }
    }
}
