//! A migration that is added is compiled in at the next build.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations/console");
}
