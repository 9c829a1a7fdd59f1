#!/bin/bash -eu
# The fuzz targets as OSS-Fuzz wants them; see README.md beside it.
source=$SRC/dragoman
build=$WORK/dragoman
# The images in which targets run have few libraries: the others go along, and those that these need.
export LDFLAGS="${LDFLAGS:-} -Wl,--disable-new-dtags,-rpath,\$ORIGIN/lib"
rm -rf "$build"
meson setup "$build" "$source" --buildtype=plain -Dfuzz=true -Dfuzz_engine="$LIB_FUZZING_ENGINE" \
    -Dtrain=disabled -Dpostgresql=disabled -Dwatch=disabled -Db_lundef=false
targets=$(ninja -C "$build" -t targets all | grep -o '^tests/fuzz/[a-z]*_fuzz:' | tr -d :)
ninja -C "$build" $targets tests/fuzz/knowledge.made

rm -rf "$OUT/knowledge"
mkdir -p "$OUT/lib"
cp -r "$build/tests/fuzz/knowledge" "$OUT/"
for target in $targets; do
    name=$(basename "$target" _fuzz)
    cp "$build/$target" "$OUT/"
    ldd "$build/$target" | grep -o '/[^ ]*' | grep -v '/ld-linux\|/lib\(c\|m\|dl\|rt\|pthread\|resolv\)\.so' |
        xargs -r -I{} cp -n {} "$OUT/lib/"
    (cd "$source/tests/fuzz" && zip -qr "$OUT/${name}_fuzz_seed_corpus.zip" seeds "$name")
    # Longest input, and words of the tables where they help.
    grep -P "^$name\t" "$source/tools/fuzz-targets.tsv" | while IFS=$'\t' read -r _ longest _ words _; do
        printf '[libfuzzer]\nmax_len = %s\nentropic = 0\n' "$longest"
        if [ "$words" = yes ]; then echo 'dict = words.dict'; fi
    done >"$OUT/${name}_fuzz.options"
done
cp "$OUT/knowledge/words.dict" "$OUT/"
