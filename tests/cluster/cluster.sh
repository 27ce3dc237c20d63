#!/usr/bin/env bash
# Starts the OpenSearch cluster of Launcher.java: cluster.sh DIR
# DIR/lib keeps the jars from one run to the next, DIR/data is emptied first.
# Ends with 77 where the machine lacks what it takes.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?usage: cluster.sh DIR}

skip() {
    echo "skipped: $1" >&2
    exit 77
}

for tool in java mvn; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
done
# A runtime without the compiler cannot run a source file.
version=$(java --list-modules 2>/dev/null | sed -n 's/^jdk\.compiler@\([0-9]*\).*/\1/p' || true)
[ "${version:-0}" -ge 17 ] || skip "java is older than 17 or has no compiler"

mkdir -p "$dir"
dir=$(cd "$dir" && pwd)

# Renamed when complete, so that an interrupted download is not taken for the whole.
if [ ! -d "$dir/lib" ]; then
    echo "fetching OpenSearch into $dir/lib" >&2
    new=$(mktemp -d "$dir/lib.XXXXXX")
    trap 'rm -rf "$new"' EXIT
    mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$new" \
        </dev/null >&2
    mv "$new" "$dir/lib"
fi

rm -rf "$dir/data"
mkdir "$dir/data"
# Its life is short: what shortens the start and saves memory beats what pays off in the long run.
exec java -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$dir/lib/*" "$here/Launcher.java" "$dir/data"
