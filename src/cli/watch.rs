//! Waiting for files to change: `index --watch`.
//!
//! Paths are followed, not what they led to once: the system reports changes
//! below the folders, and what each path leads to is looked at twice a second, so
//! that a path may be renamed away, replaced, mounted over, switched as a symbolic
//! link, or be missing for a while.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Changes come in bursts; the index is updated when none came for this long.
const PAUSE: Duration = Duration::from_millis(500);
/// It is updated at the latest after this many pauses.
const PAUSES: u32 = 20;

/// Reports changes of files and folders.
pub(super) struct Watcher {
    /// What is followed, absolute.
    paths: Vec<PathBuf>,
    /// What each path led to when it was looked at last.
    seen: Vec<Option<Identity>>,
    index: PathBuf,
    pause: Duration,
    changed: SyncSender<()>,
    changes: Receiver<()>,
    watching: Option<RecommendedWatcher>,
}

impl Watcher {
    /// Follows files and folders, except the index where it is inside one.
    ///
    /// # Errors
    /// Where one cannot be followed; one that is not there yet can.
    pub(super) fn new(paths: &[PathBuf], index: &Path) -> anyhow::Result<Self> {
        Self::with_pause(paths, index, PAUSE)
    }

    fn with_pause(paths: &[PathBuf], index: &Path, pause: Duration) -> anyhow::Result<Self> {
        // One change that is not waited for yet stands for all.
        let (changed, changes) = sync_channel(1);
        let named = paths.iter().filter(|path| path.as_os_str() != "-");
        let paths = named.map(std::path::absolute).collect::<Result<_, _>>().context("cannot follow files")?;
        let index = index.to_owned();
        let mut watcher = Self { paths, seen: Vec::new(), index, pause, changed, changes, watching: None };
        watcher.follow()?;
        Ok(watcher)
    }

    /// Waits for a change and then for a pause; false where `stop` is true.
    ///
    /// # Errors
    /// Where a path can no longer be followed.
    pub(super) fn wait(&mut self, stop: &AtomicBool) -> anyhow::Result<bool> {
        while !self.has_changed() {
            if stop.load(Relaxed) {
                return Ok(false);
            }
        }
        let latest = Instant::now() + self.pause * PAUSES;
        while !stop.load(Relaxed) && Instant::now() < latest && self.has_changed() {}
        // Before the files are read: what changes while they are is seen again.
        self.follow()?;
        Ok(!stop.load(Relaxed))
    }

    /// Waits for a change, at most for a pause. Whether one was reported, or a
    /// path leads elsewhere than when it was looked at last.
    fn has_changed(&mut self) -> bool {
        let reported = self.changes.recv_timeout(self.pause).is_ok();
        let seen = self.identities();
        let led = std::mem::replace(&mut self.seen, seen);
        reported || led != self.seen
    }

    fn identities(&self) -> Vec<Option<Identity>> {
        self.paths.iter().map(|path| Identity::of(path)).collect()
    }

    /// Follows what the paths lead to now. The old watcher ends when the new one
    /// listens, so that no change is lost between them.
    fn follow(&mut self) -> anyhow::Result<()> {
        let report = reporter(canonical(&self.index), self.changed.clone());
        let mut watching = notify::recommended_watcher(report).context("cannot follow files")?;
        self.seen = self.identities();
        // Files are looked at; of folders the system reports what changes in them.
        for folder in self.paths.iter().filter(|path| path.is_dir()) {
            let followed = watching.watch(&canonical(folder), RecursiveMode::Recursive);
            // A folder that has vanished meanwhile is looked at again.
            if folder.is_dir() {
                followed.with_context(|| format!("cannot follow {}", folder.display()))?;
            }
        }
        self.watching = Some(watching);
        Ok(())
    }
}

/// Hands on that something changed outside of the index.
fn reporter(index: PathBuf, changed: SyncSender<()>) -> impl Fn(notify::Result<notify::Event>) {
    let outside = move |path: &PathBuf| !path.starts_with(&index) && !canonical(path).starts_with(&index);
    move |event| {
        let counts = match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => false,
            Ok(event) => event.need_rescan() || event.paths.iter().any(&outside),
            // Such as too many folders: following them again says so.
            Err(_) => true,
        };
        if counts {
            // A full channel has a change already.
            let _ = changed.try_send(());
        }
    }
}

/// The path without symbolic links, as far as it is there.
fn canonical(path: &Path) -> PathBuf {
    if let Ok(canonical) = path.canonicalize() {
        return canonical;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => {
            canonical(if parent.as_os_str().is_empty() { Path::new(".") } else { parent }).join(name)
        }
        _ => path.to_owned(),
    }
}

/// What tells a file or folder from another that takes its place; of a file also
/// what tells its content from one before.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Identity {
    place: Option<(u64, u64)>,
    created: Option<SystemTime>,
    /// The size and the time of the last change. Those of a folder are not of
    /// interest: the index may be in it.
    content: Option<(u64, Option<SystemTime>)>,
}

impl Identity {
    /// What a path leads to, through symbolic links.
    fn of(path: &Path) -> Option<Self> {
        let metadata = path.metadata().ok()?;
        let content = metadata.is_file().then(|| (metadata.len(), metadata.modified().ok()));
        Some(Self { place: place(&metadata), created: metadata.created().ok(), content })
    }
}

/// The number of a device, and that of a file on it.
#[cfg(unix)]
fn place(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn place(_: &Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SHORT: Duration = Duration::from_millis(20);
    /// Far more pauses than a change needs to be seen.
    const LIMIT: Duration = Duration::from_secs(20);

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    /// Whether the watcher wakes before `limit` is over.
    fn wakes(watcher: &mut Watcher, limit: Duration) -> bool {
        let stop = AtomicBool::new(false);
        let (woken, waiting) = sync_channel(1);
        std::thread::scope(|scope| {
            let stop = &stop;
            scope.spawn(move || {
                let _ = waiting.recv_timeout(limit);
                stop.store(true, Relaxed);
            });
            let changed = watcher.wait(stop).expect("followed");
            let _ = woken.send(());
            changed
        })
    }

    /// Follows paths of a folder, and checks that each of the changes is seen.
    fn check(paths: &[&str], before: impl FnOnce(&Path), changes: &[&dyn Fn(&Path)]) {
        let folder = tempfile::tempdir().expect("a folder");
        before(folder.path());
        let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
        let index = folder.path().join("in/index");
        let mut watcher = Watcher::with_pause(&paths, &index, SHORT).expect("followed");
        for (number, change) in changes.iter().enumerate() {
            change(folder.path());
            assert!(wakes(&mut watcher, LIMIT), "change {number} of {paths:?} is not seen");
        }
        write(&index.join("meta.json"), "{}");
        while wakes(&mut watcher, SHORT * 10) {
            // Events of the folders above it, which were made just now.
        }
        write(&index.join("meta.json"), "{ }");
        assert!(!wakes(&mut watcher, SHORT * 10), "the index of {paths:?} is followed");
    }

    #[test]
    fn files_are_followed_when_they_are_replaced() {
        let save = |text: &'static str| {
            move |folder: &Path| {
                write(&folder.join("a.txt.tmp"), text);
                fs::rename(folder.join("a.txt.tmp"), folder.join("a.txt")).expect("renamed");
            }
        };
        let remove = |folder: &Path| fs::remove_file(folder.join("a.txt")).expect("removed");
        let append = |folder: &Path| write(&folder.join("a.txt"), "longer than before");
        let before = |folder: &Path| write(&folder.join("a.txt"), "old");
        check(&["a.txt"], before, &[&save("new"), &save("next"), &append, &remove, &save("back"), &append]);
        check(&["a.txt"], |_| {}, &[&append, &save("new")]);
    }

    #[test]
    fn folders_are_followed_when_they_are_replaced() {
        let add = |name: &'static str| move |folder: &Path| write(&folder.join("in").join(name), name);
        let replace = |folder: &Path| {
            write(&folder.join("new/c.txt"), "c");
            fs::rename(folder.join("in"), folder.join("old")).expect("renamed");
            fs::rename(folder.join("new"), folder.join("in")).expect("renamed");
        };
        let away = |folder: &Path| fs::rename(folder.join("in"), folder.join("away")).expect("renamed");
        let back = |folder: &Path| fs::rename(folder.join("away"), folder.join("in")).expect("renamed");
        let remove = |folder: &Path| fs::remove_dir_all(folder.join("in")).expect("removed");
        let before = |folder: &Path| write(&folder.join("in/a.txt"), "a");
        let nested = add("x/y/e.txt");
        check(&["in"], before, &[&add("b.txt"), &replace, &add("d.txt"), &away, &back, &nested, &add("x/y/f.txt")]);
        check(&["in"], before, &[&remove, &add("b.txt"), &add("c.txt")]);
        check(&["in"], |_| {}, &[&add("a.txt"), &add("b.txt")]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_when_they_are_switched() {
        use std::os::unix::fs::symlink;
        let switch = |to: &'static str| {
            move |folder: &Path| {
                symlink(to, folder.join("link.new")).expect("linked");
                fs::rename(folder.join("link.new"), folder.join("link")).expect("renamed");
            }
        };
        let add = |name: &'static str| move |folder: &Path| write(&folder.join(name), name);
        let before = |folder: &Path| {
            write(&folder.join("one/in/a.txt"), "a");
            write(&folder.join("two/in/a.txt"), "a");
            switch("one")(folder);
        };
        for path in ["link", "link/in", "link/in/a.txt"] {
            let grow = |folder: &Path| write(&folder.join("two/in/a.txt"), "longer");
            check(&[path], before, &[&switch("two"), &grow, &switch("one")]);
        }
        check(&["link"], before, &[&switch("two"), &add("two/b.txt"), &add("two/in/c.txt")]);
    }
}
