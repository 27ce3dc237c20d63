use newsearch::{pipeline::Pipeline, present::annotation::Annotation};
fn main(){ let p:Vec<std::path::PathBuf>=std::env::args().skip(1).map(Into::into).collect();
 Pipeline::new().annotate(&p, |r| match r { Ok(a)=>println!("{}", serde_json::to_string(&Annotation::new(&a.article,&a.mentions)).unwrap()), Err(f)=>eprintln!("{}",f.message)}); }
