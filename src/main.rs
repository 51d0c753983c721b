//! The fairload command: arguments in, exit code out.

fn main() {}
