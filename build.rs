//! Builds again when a scenario comes or goes: the scenarios are in the binary.

fn main() {
    println!("cargo:rerun-if-changed=scenarios");
}
