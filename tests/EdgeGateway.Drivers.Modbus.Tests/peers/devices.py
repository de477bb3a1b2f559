"""Devices on a raw socket, well and badly behaved: argument 1 names the behaviour, further ones are its numbers.

Register n holds n. Every request is printed as 'unit function address count'. The port is printed first.
"""
import socket
import struct
import sys
import threading
import time

MODE = sys.argv[1]
ARGS = [int(a) for a in sys.argv[2:]]
counts = {}
lock = threading.Lock()


def say(*words):
    with lock:
        print(*words, flush=True)


def exact(conn, n):
    data = b""
    while len(data) < n:
        part = conn.recv(n - len(data))
        if not part:
            raise ConnectionError
        data += part
    return data


def frame(transaction, unit, pdu, protocol=0, length=None):
    return struct.pack(">HHHB", transaction, protocol, len(pdu) + 1 if length is None else length, unit) + pdu


def values(function, address, count):
    return struct.pack(">BB", function, 2 * count) + b"".join(struct.pack(">H", (address + i) & 0xFFFF) for i in range(count))


def serve(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    kept, began, answered, spoilt = [], time.monotonic(), 0, False
    try:
        while True:
            transaction, _, length, unit = struct.unpack(">HHHB", exact(conn, 7))
            function, address, count = struct.unpack(">BHH", exact(conn, length - 1))
            say(unit, function, address, count)
            with lock:
                counts[unit] = counts.get(unit, 0) + 1
                n = counts[unit]
            good = values(function, address, count)
            whole = frame(transaction, unit, good)
            if MODE == "split":
                for byte in whole:
                    conn.sendall(bytes([byte]))
                    time.sleep(0.001)
            elif MODE == "joined":
                # An answer to nobody and the right one, in one segment.
                conn.sendall(frame(transaction + 9, unit, good) + whole)
            elif MODE == "wrong_transaction":
                conn.sendall(frame((transaction + 1) & 0xFFFF, unit, good))
            elif MODE == "late":
                # The first ARGS[0] answers come ARGS[1] ms late, and hold stale values.
                if n <= ARGS[0]:
                    time.sleep(ARGS[1] / 1000)
                    conn.sendall(frame(transaction, unit, values(function, address + 1000, count)))
                else:
                    conn.sendall(whole)
            elif MODE == "truncated":
                conn.sendall(whole[:-1])
                conn.close()
                return
            elif MODE == "oversized":
                conn.sendall(frame(transaction, unit, good, length=300))
            elif MODE == "length_zero":
                conn.sendall(frame(transaction, unit, good, length=0))
            elif MODE == "protocol":
                conn.sendall(frame(transaction, unit, good, protocol=7))
            elif MODE == "wrong_unit":
                conn.sendall(frame(transaction, unit ^ 1, good))
            elif MODE == "wrong_function":
                conn.sendall(frame(transaction, unit, values(7 - function, address, count)))
            elif MODE == "wrong_count":
                conn.sendall(frame(transaction, unit, values(function, address, count + 1)))
            elif MODE == "exception":
                conn.sendall(frame(transaction, unit, bytes([function | 0x80, ARGS[0]])))
            elif MODE == "bad_register":
                bad = address <= ARGS[0] < address + count
                conn.sendall(frame(transaction, unit, bytes([function | 0x80, 2])) if bad else whole)
            elif MODE == "reverse":
                # Answers come in the opposite order of ARGS[0] requests.
                kept.insert(0, whole)
                if len(kept) == ARGS[0]:
                    conn.sendall(b"".join(kept))
                    kept.clear()
            elif MODE == "lose":
                # The registers from ARGS[0] on are never answered.
                if address != ARGS[0]:
                    conn.sendall(whole)
            elif MODE == "most":
                # Refuses more than ARGS[0] registers.
                conn.sendall(frame(transaction, unit, bytes([function | 0x80, 3])) if count > ARGS[0] else whole)
            elif MODE == "gap":
                # Whoever reads over register ARGS[0] gets every following answer shifted by a word.
                if spoilt:
                    whole = frame(transaction, unit, values(function, address + 1, count))
                spoilt = spoilt or address <= ARGS[0] < address + count
                conn.sendall(whole)
            elif MODE == "pause":
                # Does not hear what comes sooner than ARGS[0] ms behind its last answer.
                if time.monotonic() - answered >= ARGS[0] / 1000:
                    conn.sendall(whole)
                    answered = time.monotonic()
            elif MODE == "pause_unit":
                # Unit ARGS[0] does not hear what comes sooner than ARGS[1] ms behind its own last answer; others always hear.
                if unit != ARGS[0] or time.monotonic() - answered >= ARGS[1] / 1000:
                    conn.sendall(whole)
                    if unit == ARGS[0]:
                        answered = time.monotonic()
            elif MODE == "hang_up_unit":
                # A gateway that hangs up instead of saying that a unit does not answer.
                if unit == ARGS[0]:
                    conn.close()
                    return
                conn.sendall(whole)
            elif MODE == "shifted":
                # Answers with what was asked before, and the first time with nothing.
                if kept:
                    conn.sendall(kept.pop())
                kept.append(whole)
            elif MODE == "words":
                # A float at 10 and a 32-bit number at 12, the low word first.
                data = struct.pack(">HHHH", *struct.unpack(">HH", struct.pack(">f", 230.5))[::-1], *struct.unpack(">HH", struct.pack(">I", 123456789))[::-1])
                conn.sendall(frame(transaction, unit, bytes([function, 2 * count]) + data[2 * (address - 10):2 * (address - 10 + count)]))
            elif MODE == "zero_transaction":
                conn.sendall(frame(0, unit, good))
            elif MODE == "unit_255":
                conn.sendall(frame(transaction, 255, good))
            elif MODE == "one_client":
                # Others have to wait until the first has gone.
                conn.sendall(whole)
            elif MODE == "settle":
                # Deaf for ARGS[0] ms behind a new connection.
                if time.monotonic() - began > ARGS[0] / 1000:
                    conn.sendall(whole)
            elif MODE == "silent_write":
                if function < 5:
                    conn.sendall(whole)
            elif MODE == "silent_unit":
                if unit != ARGS[0]:
                    conn.sendall(whole)
            elif MODE == "drop":
                # Hangs up after every ARGS[0] answers.
                conn.sendall(whole)
                if n % ARGS[0] == 0:
                    conn.close()
                    return
            else:
                conn.sendall(whole)
    except (ConnectionError, OSError):
        conn.close()


server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(300)
say("port", server.getsockname()[1])
while True:
    accepted, _ = server.accept()
    say("accepted")
    if MODE == "one_client":
        serve(accepted)
    else:
        threading.Thread(target=serve, args=(accepted,), daemon=True).start()
