#!/bin/sh
# Draws which rooms see which, with jdeps (of the JDK) and Graphviz, after a build: sh src/docs/contributing/structure.sh
# An arrow that the others imply is left out (tred); one that would point upwards is a cycle, which tred complains of.
set -e
here=$(dirname "$0")

# The packages of classes below $1 that begin with $2, up to their next part, as rooms.
rooms() {
    jdeps --multi-release 17 --ignore-missing-deps -verbose:package -e "$2"'\..*' -cp "$3" $1 2>/dev/null |
        awk -v prefix="$2." '
            function room(name) { sub(prefix, "", name); sub(/[.].*/, "", name); return name }
            $2 == "->" && index($1, prefix) == 1 && index($3, prefix) == 1 && room($1) != room($3) {
                print "\"" room($1) "\" -> \"" room($3) "\""
            }' |
        sort -u
}

draw() {
    { echo "digraph { rankdir=TB; node [shape=box, style=rounded, fontname=Helvetica, fontsize=11]; edge [color=gray40]"
      cat
      echo "}"; } | tred | dot -Tsvg > "$here/$1.svg"
}

shared=src/contract/target/classes:src/engine/target/classes:src/outcome/target/classes
rooms src/engine/target/classes io.parallax.engine "$shared" | draw engine
rooms api-service/target/classes io.parallax.api "$shared" | draw api-service
rooms diff-worker/target/classes io.parallax.worker "$shared" | draw diff-worker
