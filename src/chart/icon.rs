//! The chart's icon, our own, carried in Chart.yaml itself: no server has to be reached for it.

/// A workflow of three nodes.
const SVG: &str = concat!(
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>",
    "<rect width='64' height='64' rx='12' fill='%231e3a5f'/>",
    "<path d='M18 32h14m0 0l12-14m-12 14l12 14' stroke='%23fff' stroke-width='4' fill='none'/>",
    "<g fill='%237dd3fc'><circle cx='16' cy='32' r='7'/><circle cx='47' cy='17' r='7'/><circle cx='47' cy='47' r='7'/></g>",
    "</svg>"
);

/// As a URL.
pub(super) fn url() -> String {
    format!("data:image/svg+xml,{}", SVG.replace(' ', "%20").replace('<', "%3C").replace('>', "%3E"))
}
