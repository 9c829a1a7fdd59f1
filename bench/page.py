#!/usr/bin/env python3
"""How long the page's questions take on a store, each asked once and not cached (`bench/million.py` makes a large store).

    page.py STORE [SOCKETS]    SOCKETS are opened and left half-way meanwhile (1000)
"""
import http.client, os, resource, socket, subprocess, sys, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.abspath(os.environ.get("DRAGOMAN", os.path.join(ROOT, "build/release/src/cli/dragoman")))
VIEWS = {
    "first view, with the reading of the store": "", "first view of another": "per=report", "period": "since=2010-01-01&until=2012-06-30",
    "type": "type=ASSAULT", "quad": "quad=4", "status": "status=intended", "polarity": "polarity=negated", "country": "country=USA",
    "dyad": "dyad=USA,RUS", "plain": "plain=yes", "per event": "per=event", "per story": "per=story", "one a day": "one-a-day=yes",
    "text, rare": "text=%22missile+convoy%22", "text, common": "text=ceasefire", "confidence": "min-confidence=0.5", "speaker": "speaker=USA",
    "place": "place=SYR", "actor by code": "actor=USAGOV", "source": "source=outlet+7",
}
TARGETS = {name: "/api/overview" + ("?" + query if query else "") for name, query in VIEWS.items()}
TARGETS |= {"dyads": "/api/dyads", "network": "/api/network", "places": "/api/places", "speakers": "/api/speakers",
            "series of a dyad": "/api/series?dyad=USA,RUS", "events": "/api/events?country=SYR&type=ASSAULT", "stories": "/api/stories?quad=4",
            "actor page, the largest": "/api/actors/USA", "claims": "/api/claims", "commitments": "/api/commitments"}

if __name__ == "__main__":
    n_sockets = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    resource.setrlimit(resource.RLIMIT_NOFILE, (n_sockets + 100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    server = subprocess.Popen([PROGRAM, "serve", "--db", sys.argv[1], "--port", "0"], stdout=subprocess.PIPE, text=True)
    port = int(server.stdout.readline().rstrip("/\n").rsplit(":", 1)[1])

    def ask(target):
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", target)
        answer = connection.getresponse()
        n = len(answer.read())
        connection.close()
        return (time.monotonic() - begun) * 1000, answer.status, n

    for name, target in TARGETS.items():
        print("{:44} {:9.1f} ms  {}  {:7} bytes".format(name, *ask(target)), flush=True)
    with open(f"/proc/{server.pid}/status") as status:
        print(*[line.strip() for line in status if line.startswith(("VmRSS", "VmHWM"))])
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(n_sockets)]
    for i, one in enumerate(held):
        one.sendall([b"", b"GET /api/over", b"POST /api/code HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n{"][i % 3])
    times = [ask(target)[0] for target in ("/healthz", "/api/overview", "/api/overview?quad=3", "/api/timeline?type=AID&by=day")]
    print(f"beside {n_sockets} sockets, the slowest: {max(times):.1f} ms")
    server.terminate()
    server.wait()
