"""DTUs that dial in: argument 1 is the port on loopback, argument 2 the framing (rtu or tcp). Each line of standard input is one deed:

dial NAME UNIT REGISTRATION [HEARTBEAT]   dials, sends the registration (text, or hex after 0x; '-' for none) and serves as unit UNIT; register n holds n + 1000 * UNIT;
                                          with a heartbeat, it comes before and behind every answer
slow NAME UNIT REGISTRATION               the same, the registration byte by byte
hang NAME                                 hangs up
Every request is printed as 'NAME unit function address count', and 'NAME closed' where the other side hung up.
"""
import socket
import struct
import sys
import threading
import time

PORT, FRAMING = int(sys.argv[1]), sys.argv[2]
lines = {}


def crc(data):
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return struct.pack("<H", value)


def packet(text):
    return b"" if text == "-" else bytes.fromhex(text[2:]) if text.startswith("0x") else text.encode()


def exact(conn, n):
    data = b""
    while len(data) < n:
        part = conn.recv(n - len(data))
        if not part:
            raise ConnectionError
        data += part
    return data


def serve(name, unit, conn, beat):
    try:
        while True:
            if FRAMING == "rtu":
                body = exact(conn, 8)
                assert crc(body[:6]) == body[6:], body
                head, body = b"", body[:6]
            else:
                head = exact(conn, 6)
                body = exact(conn, struct.unpack(">H", head[4:])[0])
            asked, function, address, count = struct.unpack(">BBHH", body)
            print(name, asked, function, address, count, flush=True)
            if asked != unit:
                continue
            answer = bytes([unit, function, 2 * count]) + b"".join(struct.pack(">H", address + i + 1000 * unit) for i in range(count))
            whole = answer + crc(answer) if FRAMING == "rtu" else head[:4] + struct.pack(">H", len(answer)) + answer
            conn.sendall(beat + whole + beat)
    except OSError:
        print(name, "closed", flush=True)
        conn.close()


for line in sys.stdin:
    deed, name, *rest = line.split()
    if deed == "hang":
        lines[name].shutdown(socket.SHUT_RDWR)
        continue
    conn = lines[name] = socket.create_connection(("127.0.0.1", PORT))
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    registration, beat = packet(rest[1]), packet(rest[2]) if len(rest) > 2 else b""
    if deed == "slow":
        for byte in registration:
            conn.sendall(bytes([byte]))
            time.sleep(0.002)
    elif registration:
        conn.sendall(registration + beat)
    threading.Thread(target=serve, args=(name, int(rest[0]), conn, beat), daemon=True).start()
