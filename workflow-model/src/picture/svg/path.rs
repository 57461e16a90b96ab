//! Lines: smooth curves, and where they meet the outline of a node.

use super::layout::PlacedNode;
use crate::picture::graph::NodeKind;

/// A position, to the right and down.
pub(super) type Point = (f64, f64);

/// A curve that begins in the first point, ends in the last, and passes near the others: a cubic B-spline.
pub(super) fn smooth(points: &[Point]) -> String {
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return String::new() };
    // Repeated ends are what makes the curve reach them.
    let guides: Vec<Point> = [&[first], points, &[last, last]].concat();
    let start = mean([(guides[0], 5.0), (guides[1], 0.0), (guides[2], 1.0)]);
    let mut path = format!("M{:.1} {:.1}L{:.1} {:.1}", first.0, first.1, start.0, start.1);
    for window in guides.windows(3).skip(1) {
        let [before, point, after] = window else { continue };
        let [lead, trail, end] = [
            mean([(*before, 2.0), (*point, 1.0), (*after, 0.0)]),
            mean([(*before, 1.0), (*point, 2.0), (*after, 0.0)]),
            mean([(*before, 1.0), (*point, 4.0), (*after, 1.0)]),
        ];
        path += &format!("C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}", lead.0, lead.1, trail.0, trail.1, end.0, end.1);
    }
    path
}

/// The mean of points, each with its weight.
fn mean(points: [(Point, f64); 3]) -> Point {
    let total: f64 = points.iter().map(|(_, weight)| weight).sum();
    let sum = |part: fn(Point) -> f64| points.iter().map(|&(point, weight)| part(point) * weight).sum::<f64>() / total;
    (sum(|point| point.0), sum(|point| point.1))
}

/// How far the corners of a choice are cut, sideways.
pub(super) const CHOICE_CORNER: f64 = 14.0;

/// The radius of the corners of a node.
pub(super) fn corner(kind: NodeKind, height: f64) -> f64 {
    match kind {
        NodeKind::Start | NodeKind::End | NodeKind::Succeed | NodeKind::Fail => height / 2.0,
        NodeKind::Wait => 14.0,
        NodeKind::Task | NodeKind::Poll => 6.0,
        NodeKind::Choice | NodeKind::Nested | NodeKind::Parallel | NodeKind::Map | NodeKind::Pass => 2.0,
    }
}

/// The outline of a node as a polygon: rounded corners are cut.
pub(super) fn outline(node: &PlacedNode<'_>) -> Vec<Point> {
    let (across, down) = match node.node.kind {
        NodeKind::Choice => (CHOICE_CORNER, node.height / 2.0),
        // A cut of this part of the radius is the octagon around the circle.
        kind => [corner(kind, node.height) * (2.0 - std::f64::consts::SQRT_2); 2].into(),
    };
    let (right, bottom) = (node.width / 2.0, node.height / 2.0);
    let quarter = [(right, bottom - down), (right - across, bottom)];
    let mirrored = |(x, y): Point| (-x, y);
    let turned = |(x, y): Point| (-x, -y);
    let half: Vec<Point> = quarter.into_iter().chain(quarter.into_iter().rev().map(mirrored)).collect();
    let mut points: Vec<Point> = half.iter().copied().chain(half.iter().copied().map(turned)).collect();
    points.dedup();
    points.into_iter().map(|(x, y)| (node.x + x, node.y + y)).collect()
}

/// Where the line from the middle of a node to a point outside of it leaves the node.
pub(super) fn meet(node: &PlacedNode<'_>, outside: Point) -> Point {
    let corners = outline(node);
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let direction = (outside.0 - node.x, outside.1 - node.y);
    sides.filter_map(|(from, to)| crossing((node.x, node.y), direction, *from, *to)).next().unwrap_or(outside)
}

/// Where the ray from `middle` crosses the side between two corners.
fn crossing(middle: Point, direction: Point, from: Point, to: Point) -> Option<Point> {
    let side = (to.0 - from.0, to.1 - from.1);
    let cross = |a: Point, b: Point| a.0 * b.1 - a.1 * b.0;
    let slope = cross(direction, side);
    if slope == 0.0 {
        return None;
    }
    let gap = (from.0 - middle.0, from.1 - middle.1);
    let along_ray = cross(gap, side) / slope;
    let along_side = cross(gap, direction) / slope;
    let meets = along_ray > 0.0 && (0.0..=1.0).contains(&along_side);
    meets.then_some((middle.0 + along_ray * direction.0, middle.1 + along_ray * direction.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::graph::Node;

    #[test]
    fn a_curve_reaches_its_ends() {
        let path = smooth(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]);
        assert!(path.starts_with("M0.0 0.0L"), "{path}");
        assert!(path.ends_with(" 10.0 10.0"), "{path}");
        assert_eq!(smooth(&[]), "");
    }

    #[test]
    fn lines_leave_a_node_at_its_outline() {
        let node =
            |kind| Node { id: "A".into(), kind, title: "a".into(), comment: None, notes: vec![], frames: vec![] };
        let (choice, task) = (node(NodeKind::Choice), node(NodeKind::Task));
        let placed = |node| PlacedNode { node, frames: vec![], x: 0.0, y: 0.0, width: 100.0, height: 40.0 };
        assert_eq!(meet(&placed(&task), (0.0, 90.0)), (0.0, 20.0));
        assert_eq!(meet(&placed(&task), (-90.0, 0.0)), (-50.0, 0.0));
        assert_eq!(meet(&placed(&choice), (90.0, 0.0)), (50.0, 0.0));
        let (x, y) = meet(&placed(&choice), (100.0, 40.0));
        assert!(x < 50.0 && y < 20.0, "the corner of a choice is cut, so {x} {y} is within it");
    }
}
