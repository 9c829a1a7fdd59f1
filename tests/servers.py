"""Servers that tests start for themselves, on loopback and in folders of their own: PostgreSQL and NATS."""
import atexit, glob, itertools, json, os, shutil, signal, socket, subprocess, tempfile, time

from harness import Skip

AS_POSTGRES = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, condition, seconds=60.0):
    """The first true value of condition(), which may fail until then."""
    end = time.monotonic() + seconds
    why = None
    while time.monotonic() < end:
        try:
            value = condition()
            if value:
                return value
        except (OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
            why = error
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what} ({why})")


class Postgres:
    """A cluster on a socket in its folder; fsync is off."""
    bin = max(glob.glob("/usr/lib/postgresql/*/bin"), default="")

    def __init__(self):
        if not os.path.exists(os.path.join(self.bin, "initdb")):
            raise Skip("no PostgreSQL server is installed (Debian: postgresql)")
        self.n = 0
        self.folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
        atexit.register(self.stop)
        if AS_POSTGRES:
            shutil.chown(self.folder, "postgres", "postgres")
        self.run("initdb", "-D", self.folder + "/data", "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def run(self, command, *arguments):
        subprocess.run([os.path.join(self.bin, command), *arguments], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, cwd="/tmp", **AS_POSTGRES)

    def start(self):
        self.run("pg_ctl", "-D", self.folder + "/data", "-l", self.folder + "/log", "-w", "-o",
                 f"-k {self.folder} -c listen_addresses='' -c fsync=off", "start")

    def halt(self, mode="immediate"):
        self.run("pg_ctl", "-D", self.folder + "/data", "-m", mode, "stop")

    def database(self):
        self.n += 1
        self.run("createdb", "-h", self.folder, "-U", "test", f"t{self.n}")
        return f"postgresql:///t{self.n}?host={self.folder}&user=test"

    def stop(self):
        subprocess.run([os.path.join(self.bin, "pg_ctl"), "-D", self.folder + "/data", "-m", "immediate", "stop"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp", **AS_POSTGRES)
        shutil.rmtree(self.folder, ignore_errors=True)


class Nats:
    """n servers with JetStream, a cluster where n > 1. extra: lines of configuration; stores: their folders."""

    def __init__(self, n=1, extra="", stores=None, hosts=None, prefix=()):
        if not shutil.which("nats-server"):
            raise Skip("no NATS server is installed (Debian: nats-server)")
        self.folder = tempfile.mkdtemp(prefix="nats", dir="/tmp")
        atexit.register(self.stop)
        self.hosts = hosts or ["127.0.0.1"] * n
        self.ports = [free_port() for _ in range(n)]
        self.monitors = [free_port() for _ in range(n)]
        self.routes = [free_port() for _ in range(n)]
        self.prefixes = prefix or [[]] * n
        self.processes = [None] * n
        for i in range(n):
            store = stores[i] if stores else os.path.join(self.folder, f"js{i}")
            with open(self.conf(i), "w", encoding="utf-8") as f:
                f.write(f'server_name: n{i}\nhost: {self.hosts[i]}\nport: {self.ports[i]}\n'
                        f'http: "{self.hosts[i]}:{self.monitors[i]}"\njetstream {{ store_dir: "{store}" }}\n{extra}\n')
                if n > 1:
                    routes = ", ".join(f'"nats://{h}:{p}"' for h, p in zip(self.hosts, self.routes))
                    f.write(f"cluster {{ name: test, listen: {self.hosts[i]}:{self.routes[i]}, routes: [{routes}] }}\n")
        for i in range(n):
            self.start(i, wait=False)
        for i in range(n):
            wait_for("NATS answers", lambda i=i: socket.create_connection((self.hosts[i], self.ports[i]), 1).close() or True)

    def conf(self, i):
        return os.path.join(self.folder, f"n{i}.conf")

    @property
    def url(self):
        return ",".join(f"nats://{h}:{p}" for h, p in zip(self.hosts, self.ports))

    def start(self, i, wait=True):
        log = open(os.path.join(self.folder, f"n{i}.log"), "ab")
        self.processes[i] = subprocess.Popen([*self.prefixes[i], "nats-server", "-c", self.conf(i)], stdout=log, stderr=log)
        if wait:
            wait_for("NATS answers", lambda: socket.create_connection((self.hosts[i], self.ports[i]), 1).close() or True)

    def kill(self, i):
        self.processes[i].send_signal(signal.SIGKILL)
        self.processes[i].wait()

    def client(self):
        for host, port, process in zip(self.hosts, self.ports, self.processes):
            if process.poll() is None:
                try:
                    return Client(host, port)
                except OSError:
                    continue
        raise OSError("no server")

    def ask(self, subject, payload=b"", seconds=3):
        client = self.client()
        try:
            return client.request(subject, payload, seconds)
        finally:
            client.close()

    def stream(self, name="dragoman"):
        return json.loads(self.ask(f"$JS.API.STREAM.INFO.{name}"))

    def leader(self, name="dragoman"):
        """number of the server that leads a stream"""
        return int(wait_for("a leader", lambda: self.stream(name)["cluster"]["leader"])[1:])

    def stop(self):
        for process in self.processes:
            if process and process.poll() is None:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Client:
    """The little of the protocol that tests need."""
    numbers = itertools.count()

    def __init__(self, host, port):
        self.inbox = f"_R.{os.getpid()}.{next(Client.numbers)}"
        self.socket = socket.create_connection((host, port), 3)
        self.file = self.socket.makefile("rb")
        self.file.readline()
        self.socket.sendall(b'CONNECT {"verbose":false,"headers":true,"no_responders":true}\r\nPING\r\n')
        while self.file.readline().strip() != b"PONG":
            pass

    def close(self):
        self.file.close()
        self.socket.close()

    def publish(self, subject, payload):
        self.socket.sendall(f"PUB {subject} {len(payload)}\r\n".encode() + payload + b"\r\nPING\r\n")
        while self.file.readline().strip() != b"PONG":
            pass

    def request(self, subject, payload=b"", seconds=3):
        self.socket.settimeout(seconds)
        self.socket.sendall(f"SUB {self.inbox} 1\r\nPUB {subject} {self.inbox} {len(payload)}\r\n".encode() + payload + b"\r\n")
        while True:
            line = self.file.readline().split()
            if not line:
                raise OSError("the connection is closed")
            if line[0] == b"HMSG":
                self.file.read(int(line[-1]) + 2)
                raise OSError("no responders")
            if line[0] == b"MSG":
                return self.file.read(int(line[-1]) + 2)[:-2]
            if line[0] == b"PING":
                self.socket.sendall(b"PONG\r\n")
