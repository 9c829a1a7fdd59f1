#!/usr/bin/env python3
"""The program as one file: made, and run in a folder in which there is nothing else. Its output is, byte by
byte, that of the program built here. The e2e scripts that read files run with it, too."""
import functools, glob, os, re, shutil, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import LEAD, ROOT, SECOND, Skip, case, contains, dragoman, equal, main, write

SCRIPTS = "inputs", "formats"
CHARSETS = ("windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1257 iso-8859-1 "
            "iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-10 iso-8859-13 iso-8859-14 "
            "iso-8859-15 iso-8859-16 koi8-r koi8-u macintosh").split()


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", **options)
    equal(done.returncode, 0, f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


@functools.cache
def program():
    """-> the path of the program, made from the sources as they are"""
    if not shutil.which("apt-get") or os.uname().machine != "x86_64":
        raise Skip("only Debian on x86-64 has what it is made of")
    return run([os.path.join(ROOT, "tools", "package"), "static"]).split()[-1]


def alone(folder, *command, stdin=b""):
    """Runs the program with `folder` as the whole file system -> exit code, output, errors"""
    made = program()
    if os.geteuid() != 0:
        raise Skip("only root can change the root folder")
    shutil.copy(made, os.path.join(folder, "dragoman"))
    done = subprocess.run([shutil.which("chroot"), folder, "/dragoman", *command], input=stdin, capture_output=True, env={})
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


@case
def it_needs_no_library(folder):
    done = subprocess.run(["readelf", "-d", program()], capture_output=True, text=True)
    equal("NEEDED" in done.stdout, False, done.stdout)
    equal(os.path.getsize(program()) < 45e6, True, os.path.getsize(program()))


@case
def alone_in_an_empty_folder_it_codes_as_the_program_built_here(folder):
    names = []
    for path in sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt"))):
        shutil.copy(path, folder)
        names.append(os.path.basename(path))
    here = dragoman("code", *names, cwd=folder)
    equal(alone(folder, "code", *names), here)
    equal(here[1].count("\n") > 50, True)


@case
def alone_it_is_well_and_has_the_hash_of_the_same_tables(folder):
    code, out, err = alone(folder, "doctor")
    equal((code, err), (0, ""), out)
    contains(out, "all well")
    contains(out, "tables     (built in)\n")
    hash_of = re.compile(r"hash (\S+), with the model")
    equal(hash_of.search(out)[1], hash_of.search(dragoman("doctor")[1])[1])
    without = [line.split()[0] for line in out.splitlines() if "not built in" in line]
    equal(without, ["libpq", "libnats", "openblas", "readstat"])
    equal(alone(folder, "tables", "check"), dragoman("tables", "check"))


@case
def own_tables_are_laid_over_those_inside(folder):
    write(folder, "own/actors/groups.tsv", "phrase\tcountry\tsector\tothers\nZorvanians\tMLI\tREB\t-\n")
    text = "date 2020-10-02 Zorvanians attacked a village near Gao on Friday."
    write(folder, "a.txt", text)
    here = dragoman("code", "--tables", "own", "a.txt", cwd=folder)
    equal(alone(folder, "code", "--tables", "own", "a.txt"), here)
    contains(here[1], "MLIREB")


@case
def messages_name_tables_inside_the_program(folder):
    contains(alone(folder, "explain", "--date", "2008-08-12", "Russia denied attacking Georgia.")[1],
             "[actors/countries.tsv:")
    write(folder, "own/actors/organisation.tsv", "name\n")
    contains(alone(folder, "code", "--tables", "own", "-", stdin=b"date 2020-10-02 x")[2], "did you mean")


@case
def a_store_and_tables_of_others_work_without_anything_else(folder):
    write(folder, "a.txt", f"date 2020-10-02 {LEAD} {SECOND}\n")
    equal(alone(folder, "ingest", "-q", "--db", "events.db", "a.txt")[0], 0)
    equal(alone(folder, "query", "--db", "events.db", "-f", "jsonl")[1].count("\n") > 2, True)
    write(folder, "dictionary.verbs", "--- FIGHT [190] ---\nBLORF\n- * WITH $ [190]\n")
    code, out, err = alone(folder, "tables", "import", "--to", "new", "dictionary.verbs")
    equal(os.path.exists(os.path.join(folder, "new", "model", "english.dgm")), code == 0, err)


@case
def pages_of_any_european_charset_are_read_alike(folder):
    for charset in CHARSETS:
        letters = bytes(range(0xA1, 0x100)).decode(charset, "ignore")
        page = (f'<html><head><meta charset="{charset}"><title>T</title></head><body><p>{LEAD} "{letters}". {SECOND}</p>'
                f"<p>{SECOND} {LEAD}</p></body></html>").encode(charset, "ignore")
        xml = (f'<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel><title>G</title><item><title>One'
               f"</title><guid>g</guid><pubDate>Fri, 02 Oct 2020 10:00:00 +0000</pubDate><description>{LEAD} {letters}. "
               f"</description></item></channel></rss>").replace("&", "").encode(charset, "ignore")
        for name, content in ("a.html", page), ("b.xml", xml):
            write(folder, name, content)
            equal(alone(folder, "read", "--date", "2020-10-02", name),
                  dragoman("read", "--date", "2020-10-02", name, cwd=folder), f"{charset} {name}")


@case
def the_scripts_of_other_tests_pass_with_it(folder):
    env = dict(os.environ, DRAGOMAN=program())
    for name in SCRIPTS:
        run([sys.executable, os.path.join(ROOT, "tests", "e2e", name + ".py")], env=env)


@case
def golden_cases_pass_with_it(folder):
    env = {key: value for key, value in os.environ.items() if key != "DRAGOMAN_TABLES"}
    run([sys.executable, os.path.join(ROOT, "scripts", "golden")], env=dict(env, DRAGOMAN=program()))


if __name__ == "__main__":
    sys.exit(main())
