use std::ops::ControlFlow;
use sandtable::search::{walk::*, worth::*};
fn main() {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap();
    let threads: usize = args.next().unwrap().parse().unwrap();
    let all = args.next().is_some();
    let found = sandtable::library::find(&name).unwrap();
    let (scenario, _, _) = sandtable::scenario::read::read(&found.folder);
    let (program, _) = sandtable::program::compile(&std::sync::Arc::new(scenario.unwrap()), &Default::default());
    let program = program.unwrap();
    let mut live = sandtable::program::live::live(&program, &[]);
    if all { for p in &mut live { p.fill(u64::MAX) } }
    let t = std::time::Instant::now();
    let walk = Walk::new(&program, &live, Worths(&program));
    let g = walk.from_startex(Budget { threads, states_max: 100_000_000 }, &mut |p| { eprint!("\r{p:?}   "); ControlFlow::Continue(()) });
    println!("\n{:?} {:?}", t.elapsed(), g.value);
    for p in 0..program.phases.len() { let id = sandtable::program::ids::PhaseId::at(p);
        println!("{} width {} entering {} states {} stuck {}", p, walk.narrow(id).width, walk.entering(id).len(), walk.table(id).len(), g.tally.stuck[p]); }
    println!("finals {} steps {} bytes {}", walk.finals().len(), walk.steps(), walk.bytes());
}
