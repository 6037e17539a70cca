#!/usr/bin/env bash
# Builds the published jars twice, each time from nothing but the committed files in a directory of another name, and
# compares their SHA-256. Exit status 1 when any differs. Takes Maven's options as arguments, such as -o; MODULES=wire,core
# tries only those.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
commit=$(git -C "$root" rev-parse HEAD) # once: it may move while this runs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
modules=${MODULES:-bom,wire,sandbox,core,langchain4j-integration,langchain4j-integration/strict,spring-ai-integration,spring-ai-integration/autoconfigure,spring-ai-integration/web,spring-ai-integration/starter,paegents,nevermined,examples,cli}

build() { # directory, Maven's options
  local directory=$1
  shift
  mkdir -p "$directory"
  git -C "$root" archive "$commit" | tar -x -C "$directory"
  (cd "$directory" && mvn -B -q "$@" -Dmaven.test.skip=true -Djacoco.skip -Dspotless.check.skip -Dforbiddenapis.skip \
    -pl "$modules" package >&2)
  (cd "$directory" && find . -path '*/target/*.jar' ! -path '*/target/*/*' | sort | xargs sha256sum)
}

build "$work/first" "$@" >"$work/first.txt"
sleep 2 # so that a time stamp that is not fixed differs
build "$work/second/with/a/longer/path" "$@" >"$work/second.txt"
cat "$work/first.txt"
if diff "$work/first.txt" "$work/second.txt" >&2; then
  echo "reproducible: $(wc -l <"$work/first.txt") jars are the same twice"
else
  echo 'not reproducible: see the differences above' >&2
  exit 1
fi
