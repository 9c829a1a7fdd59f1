#!/usr/bin/env python3
"""The recipes of docs/scale.md, each run as it stands there, where its engine is installed.

DRAGOMAN_NODE_MODULES: the folder in which npm put @duckdb/node-api (default build/node/node_modules)."""
import collections, json, os, re, shutil, signal, socket, subprocess, sys, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import CASES, PROGRAM, ROOT, Skip, case, contains, dragoman, equal, main, write
import shards
del CASES[:]
from shards import archive, code, state, tree, unpacked

NODE_MODULES = os.environ.get("DRAGOMAN_NODE_MODULES", os.path.join(ROOT, "build", "node", "node_modules"))


def recipe(name):
    text = open(os.path.join(ROOT, "docs", "scale.md"), encoding="utf-8").read()
    return re.search(rf"<!-- run: {name} -->\n```\w+\n(.*?)```", text, re.S)[1]


def environment(folder, **more):
    """with a folder first in PATH where the program is called dragoman"""
    programs = os.path.join(folder, "bin")
    os.makedirs(programs, exist_ok=True)
    if not os.path.exists(os.path.join(programs, "dragoman")):
        os.symlink(os.path.abspath(PROGRAM), os.path.join(programs, "dragoman"))
    return dict(os.environ, PATH=programs + ":" + os.environ["PATH"], XDG_CONFIG_HOME="/nonexistent", **more)


def need(command, package):
    if not shutil.which(command):
        raise Skip(f"there is no {command} (Debian: {package})")


def run(folder, *command, stdin=None, **more):
    done = subprocess.run(command, cwd=folder, env=environment(folder, **more), input=stdin, capture_output=True, text=True, timeout=300)
    equal((done.returncode, done.stderr), (0, ""), done.stdout)
    return done.stdout


def as_one_run(folder, names):
    """events/ has the bytes of one undisturbed run over the list"""
    code(folder, "--out-dir", "whole", *sorted(names))
    equal(tree(os.path.join(folder, "events")), tree(os.path.join(folder, "whole")))
    equal(state(folder, "events", "--shards", "list", "--verify")["finished"], len(names))


@case
def xargs_codes_all_shards(folder):
    names = archive(folder, 20, per_shard=1)
    run(folder, "bash", "-e", stdin=recipe("xargs"))
    as_one_run(folder, names)


@case
def gnu_parallel_codes_all_shards(folder):
    need("parallel", "parallel")
    names = archive(folder, 20, per_shard=1)
    run(folder, "bash", "-e", stdin=recipe("parallel"), HOME=folder)
    as_one_run(folder, names)
    equal(len(open(os.path.join(folder, "jobs.log")).read().splitlines()), 4)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Slurm:
    """munged, slurmctld and slurmd of a cluster of one machine, on loopback and in a folder."""
    def __init__(self, folder):
        if os.geteuid() != 0:
            raise Skip("Slurm of one's own runs as root only")
        for command, package in ("munged", "munge"), ("slurmctld", "slurm-wlm"), ("slurmd", "slurm-wlm"), ("sbatch", "slurm-wlm"):
            need(command, package)
        self.folder, host = folder, socket.gethostname().split(".")[0]
        os.chmod(os.path.dirname(folder), 0o755)
        for name in "state", "spool":
            os.makedirs(os.path.join(folder, name))
        os.chmod(folder, 0o755)
        with open(self.at("munge.key"), "wb") as f:
            f.write(os.urandom(1024))
        os.chmod(self.at("munge.key"), 0o600)
        write(folder, "slurm.conf", f"""ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
AuthType=auth/munge
AuthInfo=socket={self.at('munge.socket')}
SlurmUser=root
SlurmdUser=root
StateSaveLocation={self.at('state')}
SlurmdSpoolDir={self.at('spool')}
SlurmctldPidFile={self.at('slurmctld.pid')}
SlurmdPidFile={self.at('slurmd.pid')}
SlurmctldLogFile={self.at('slurmctld.log')}
SlurmdLogFile={self.at('slurmd.log')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobCompType=jobcomp/filetxt
JobCompLoc={self.at('jobs.txt')}
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
""")
        self.env = {"SLURM_CONF": self.at("slurm.conf")}
        self.processes = []
        try:
            self.begin("munged", "--foreground", "--force", f"--key-file={self.at('munge.key')}", f"--socket={self.at('munge.socket')}",
                       f"--pid-file={self.at('munged.pid')}", f"--log-file={self.at('munged.log')}", f"--seed-file={self.at('munge.seed')}")
            self.until(lambda: os.path.exists(self.at("munge.socket")), "munged")
            self.begin("slurmctld", "-D")
            self.begin("slurmd", "-D")
            self.until(lambda: "idle" in self.ask("sinfo", "-h", "-o", "%T"), "slurmd")
        except BaseException:
            self.stop()
            raise

    def at(self, name):
        return os.path.join(self.folder, name)

    def begin(self, *command):
        with open(self.at(command[0] + ".out"), "w") as out:
            self.processes.append(subprocess.Popen(command, env=dict(os.environ, **self.env), stdout=out, stderr=out))

    def ask(self, *command):
        return subprocess.run(command, env=dict(os.environ, **self.env), capture_output=True, text=True).stdout

    def until(self, fn, what, seconds=90):
        end = time.monotonic() + seconds
        while not fn():
            if time.monotonic() > end:
                raise AssertionError(f"{what}: not within {seconds} s")
            time.sleep(0.05)

    def jobs(self):
        """[(task of the array, how it ended)] of all that have"""
        if not os.path.exists(self.at("jobs.txt")):
            return []
        return re.findall(r"JobState=(\w+) .*ArrayTaskId=(\d+)", open(self.at("jobs.txt")).read())

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@case
def a_slurm_array_of_which_a_task_is_killed_is_submitted_again(folder):
    names = archive(folder, 24, per_shard=3)
    with open(os.path.join(folder, names[2]), "ab") as f:  # the third task's first shard takes seconds
        for i in range(60):
            f.write("".join(json.dumps(dict(s, id=f"{i}-{s['id']}")) + "\n" for s in shards.stories.permuted(10, shards.random.Random(9))).encode())
    write(folder, "code.sh", recipe("slurm"))
    slurm = Slurm(os.path.join(folder, "slurm"))
    try:
        job = run(folder, "sbatch", "--parsable", "code.sh", **slurm.env).strip()
        part = os.path.join(folder, "events", names[2] + ".jsonl.zst.part")
        slurm.until(lambda: os.path.exists(part), "the third task codes its first shard", 120)
        slurm.ask("scancel", "--signal=KILL", "--full", f"{job}_3")
        slurm.until(lambda: len(slurm.jobs()) == 8, "the array ends", 120)
        equal(sorted(task for how, task in slurm.jobs() if how != "COMPLETED"), ["3"])
        told = state(folder, "events", "--shards", "list", expect=1)
        equal((told["finished"], told["cut_off"], told["untouched"]), (21, 1, 2))
        equal(sorted(row["shard"] for row in told["shards"]), sorted(names[2::8]))
        contains(run(folder, "sbatch", "--wait", "code.sh", **slurm.env), "Submitted batch job")
        equal(collections.Counter(how for how, _ in slurm.jobs())["COMPLETED"], 15)
    finally:
        slurm.stop()
    as_one_run(folder, names)


@case
def duckdb_makes_parquet_of_a_folder(folder):
    need("node", "nodejs")
    if not os.path.exists(os.path.join(NODE_MODULES, "@duckdb", "node-api")):
        raise Skip("there is no @duckdb/node-api (npm; tools/setup scale)")
    names = archive(folder, 3)
    code(folder, "--out-dir", "events", "--stories", *names)
    os.symlink(NODE_MODULES, os.path.join(folder, "node_modules"))
    write(folder, "parquet.mjs", recipe("duckdb"))
    found = [line.split("\t") for line in run(folder, "node", "parquet.mjs").splitlines()]
    events = [json.loads(line) for name in names for line in unpacked(os.path.join(folder, "events", name + ".jsonl.zst")).splitlines()]
    expected = collections.Counter(e["event_type"] for e in events)
    equal(found, [[kind, str(expected[kind])] for kind in sorted(expected)])
    with open(os.path.join(folder, "events.parquet"), "rb") as f:
        equal(f.read(4), b"PAR1")


if __name__ == "__main__":
    if os.environ.get("DRAGOMAN_BUILD") == "sanitize":
        print("skipped the recipes: they try engines, not the program, and have run with the plain build")
        sys.exit(77)
    sys.exit(main())
