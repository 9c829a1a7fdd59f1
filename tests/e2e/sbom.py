#!/usr/bin/env python3
"""The list of parts (tools/sbom) is whole, the same each time, and what is wrong in one is told. Arguments: build
folder, words that choose cases."""
import json, os, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import ROOT, case, contains, equal, main, write

BUILD = sys.argv.pop(1)


def sbom(*arguments):
    done = subprocess.run([os.path.join(ROOT, "tools", "sbom"), *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def made(folder):
    path = os.path.join(folder, "parts.json")
    code, told = sbom(BUILD, path)
    equal(code, 0, told)
    with open(path, encoding="utf-8") as f:
        return path, json.load(f)


@case
def libraries_packages_data_and_model_stand_in_it_with_licences(folder):
    parts = {part["name"]: part for part in made(folder)[1]["components"]}
    for name, licence in ("jansson", "MIT"), ("zlib", "Zlib"), ("preact", "MIT"), ("data/model/english.dgm", "CC-BY-SA-4.0"), \
            ("GeoNames", "CC-BY-4.0"):
        equal(parts[name]["licenses"], [{"license": {"id": licence}}], name)
    equal((parts["preact"]["scope"], parts["esbuild"]["scope"]), ("required", "excluded"))
    equal(bool(parts["zlib"]["version"]), True)


@case
def the_same_sources_give_the_same_bytes(folder):
    equal(made(folder)[1], made(folder)[1])


@case
def what_is_wrong_in_one_is_told(folder):
    path, whole = made(folder)
    equal(sbom("--check", path)[0], 0)
    for broken, told in (lambda d: d["components"][3].pop("licenses"), "no licenses"), \
            (lambda d: d["components"].append(d["components"][0]), "comes twice"), \
            (lambda d: d["dependencies"][0]["dependsOn"].append("pkg:npm/left-pad@1"), "there is no pkg:npm/left-pad@1"), \
            (lambda d: d.pop("serialNumber"), "no serialNumber"):
        copy = json.loads(json.dumps(whole))
        broken(copy)
        code, out = sbom("--check", write(folder, "broken.json", json.dumps(copy)))
        equal(code, 1, told)
        contains(out, told)


sys.exit(main())
