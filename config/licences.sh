#!/usr/bin/env bash
# Writes the bills of materials of all published modules, and prints the licences of what they bring; see Licences.java
# beside this. Exit status 1 when one is missing or unknown. Takes Maven's options as arguments.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
(cd "$root" && mvn -B -q "$@" -Psbom -DskipTests -Djacoco.skip package >&2)
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$root/cli/target/lib/*" "$root/config/Licences.java" "$root"
