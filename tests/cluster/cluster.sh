#!/usr/bin/env bash
# Starts the OpenSearch cluster of Launcher.java: cluster.sh DIR
# DIR/lib keeps the jars between runs; DIR/data is emptied first.
# cluster.sh --check only checks whether Java 17 and Maven are installed.
# Exit code 77: they are not.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?usage: cluster.sh DIR | --check}

missing() {
    echo "$1" >&2
    exit 77
}

for tool in java mvn; do
    command -v "$tool" >/dev/null || missing "$tool is not installed"
done
# Running a source file takes a JDK; a runtime has no compiler.
version=$(java --list-modules 2>/dev/null | sed -n 's/^jdk\.compiler@\([0-9]*\).*/\1/p' || true)
[ "${version:-0}" -ge 17 ] || missing "java is older than 17 or has no compiler"

[ "$dir" != --check ] || exit 0

mkdir -p "$dir"
dir=$(cd "$dir" && pwd)

# Renamed when complete, so that an interrupted download is not used.
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
# The process is short-lived: options that speed up the start and save memory.
exec java -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$dir/lib/*" "$here/Launcher.java" "$dir/data"
