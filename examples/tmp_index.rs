use newsearch::pipeline::{Pipeline,Progress,Failure};
#[global_allocator] static A: mimalloc::MiMalloc = mimalloc::MiMalloc;
struct P; impl Progress for P { fn failure(&mut self, f:&Failure){ eprintln!("{}", f.message) } }
fn main(){ let mut a=std::env::args().skip(1); let idx=a.next().unwrap(); let p:Vec<std::path::PathBuf>=a.map(Into::into).collect();
 println!("{:#?}", Pipeline::new().index(&p, idx.as_ref(), &mut P)); }
