//! The catalogue's data, without anything else of elsakube: the build reads `releases/` with it too.

mod fact;
mod metric;
mod nowhere;
mod program;
mod release;
mod setting;

pub use fact::{Basis, Fact, Remark};
pub use metric::{MetricFamilies, MetricFamily, MetricType, exposes, family_name};
pub use nowhere::{Absence, Nowhere};
pub use program::{Answer, Endpoint, Images, Program, ProgramKind};
pub use release::{RENDERED, Release};
pub use setting::{Kind, Setting};
