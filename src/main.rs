//! Process in, exit code out.

fn main() {}
