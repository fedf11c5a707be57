//! The two kinds of shapes that the icon needs, and how far a point is from them.

use super::SIDE;

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) [u8; 3]);

/// A place in the square; `y` grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// An upright rectangle with round corners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rectangle {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) radius: f64,
}

/// A line through points, with round ends and joints.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) points: Vec<Point>,
    pub(crate) width: f64,
}

/// A shape in a colour.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A filled rectangle.
    Filled(Rectangle, Colour),
    /// A drawn line.
    Drawn(Stroke, Colour),
}

impl Colour {
    /// As SVG writes it.
    pub(crate) fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Point {
    /// How far another point is.
    pub(crate) fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    fn scaled(self, scale: f64) -> Self {
        let middle = SIDE / 2.0;
        Self { x: middle + (self.x - middle) * scale, y: middle + (self.y - middle) * scale }
    }
}

impl Rectangle {
    /// How far outside a point lies; negative inside.
    fn distance(&self, point: Point) -> f64 {
        let (half_width, half_height) = (self.width / 2.0, self.height / 2.0);
        let x = (point.x - self.left - half_width).abs() - half_width + self.radius;
        let y = (point.y - self.top - half_height).abs() - half_height + self.radius;
        x.max(0.0).hypot(y.max(0.0)) + x.max(y).min(0.0) - self.radius
    }

    fn scaled(self, scale: f64) -> Self {
        let Point { x: left, y: top } = Point { x: self.left, y: self.top }.scaled(scale);
        let (width, height) = (self.width * scale, self.height * scale);
        Self { left, top, width, height, radius: self.radius * scale }
    }
}

impl Stroke {
    /// How far outside a point lies; negative inside.
    fn distance(&self, point: Point) -> f64 {
        let parts = self.points.windows(2).map(|ends| distance_to_segment(point, ends[0], ends[1]));
        parts.fold(f64::INFINITY, f64::min) - self.width / 2.0
    }

    fn scaled(self, scale: f64) -> Self {
        let points = self.points.into_iter().map(|point| point.scaled(scale)).collect();
        Self { points, width: self.width * scale }
    }
}

impl Shape {
    /// The shape's colour.
    pub(crate) fn colour(&self) -> Colour {
        match self {
            Self::Filled(_, colour) | Self::Drawn(_, colour) => *colour,
        }
    }

    /// How far outside a point lies; negative inside.
    pub(crate) fn distance(&self, point: Point) -> f64 {
        match self {
            Self::Filled(rectangle, _) => rectangle.distance(point),
            Self::Drawn(stroke, _) => stroke.distance(point),
        }
    }

    /// The same shape, larger or smaller around the middle of the square.
    pub(crate) fn scaled(self, scale: f64) -> Self {
        match self {
            Self::Filled(rectangle, colour) => Self::Filled(rectangle.scaled(scale), colour),
            Self::Drawn(stroke, colour) => Self::Drawn(stroke.scaled(scale), colour),
        }
    }

    /// The points that lie farthest out.
    #[cfg(test)]
    pub(crate) fn corners(&self) -> Vec<Point> {
        match self {
            Self::Filled(Rectangle { left, top, width, height, .. }, _) => {
                let (right, bottom) = (left + width, top + height);
                [(*left, *top), (right, *top), (*left, bottom), (right, bottom)]
                    .map(|(x, y)| Point { x, y })
                    .to_vec()
            }
            Self::Drawn(stroke, _) => stroke.points.clone(),
        }
    }
}

fn distance_to_segment(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy);
    let along = along.clamp(0.0, 1.0);
    point.distance(Point { x: from.x + along * dx, y: from.y + along * dy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_negative_inside_and_zero_on_the_edge() {
        let square = Rectangle { left: 0.0, top: 0.0, width: 10.0, height: 10.0, radius: 2.0 };
        let at = |x, y| square.distance(Point { x, y });
        assert_eq!(at(5.0, 5.0), -5.0);
        assert_eq!(at(10.0, 5.0), 0.0);
        assert_eq!(at(13.0, 5.0), 3.0);
        assert!(at(10.0, 10.0) > 0.0, "the corner is round");
    }

    #[test]
    fn a_stroke_ends_round() {
        let points = vec![Point { x: 0.0, y: 0.0 }, Point { x: 10.0, y: 0.0 }];
        let stroke = Stroke { points, width: 4.0 };
        assert_eq!(stroke.distance(Point { x: 5.0, y: 3.0 }), 1.0);
        assert_eq!(stroke.distance(Point { x: 12.0, y: 0.0 }), 0.0);
    }
}
