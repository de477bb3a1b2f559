"""Devices on a line whose frames carry no number, well and badly behaved.

Argument 1 is the carrier: tty or ascii (argument 2: the port's path), tcp, udp, udp_rtu. Then come the behaviour and its numbers.
Register n holds n. Every request is printed as 'unit function address count', and in mode times with a clock in ms. The port is printed first, or 0.
"""
import os
import socket
import struct
import sys
import time
import tty

CARRIER, PATH, MODE = sys.argv[1:4]
ARGS = [int(a) for a in sys.argv[4:]]
ASCII, MBAP = CARRIER == "ascii", CARRIER == "udp"
counts = {}


def crc(data):
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return struct.pack("<H", value)


def frame(unit, pdu):
    body = bytes([unit]) + pdu
    if ASCII:
        return b":" + (body + bytes([-sum(body) & 0xFF])).hex().upper().encode() + b"\r\n"
    if MBAP:
        return struct.pack(">HHH", transaction, 0, len(body)) + body
    return body + crc(body)


def values(function, address, count):
    if function < 3:
        bits = [(address + i) % 3 == 0 for i in range(count)]
        data = bytes(sum(bit << i for i, bit in enumerate(bits[at:at + 8])) for at in range(0, count, 8))
    else:
        data = b"".join(struct.pack(">H", (address + i) & 0xFFFF) for i in range(count))
    return bytes([function, len(data)]) + data


def answer(send, unit, function, address, count):
    print(unit, function, address, count, flush=True)
    if MODE == "times":
        print("at %.3f" % (time.monotonic() * 1000), flush=True)
    counts[unit] = n = counts.get(unit, 0) + 1
    good = values(function, address, count)
    whole = frame(unit, good)
    if MODE == "split":
        for byte in whole:
            send(bytes([byte]))
            time.sleep(0.001)
    elif MODE == "noise":
        send(bytes([0, 1, 3, 0xC8, unit, 0xFF]) + whole)
    elif MODE == "crc":
        # Every ARGS[0]th answer is damaged.
        send(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:] if n % ARGS[0] == 0 else whole)
    elif MODE == "crc_unit":
        # Every answer of unit ARGS[0] is damaged.
        send(whole[:-1] + bytes([whole[-1] ^ 1]) if unit == ARGS[0] else whole)
    elif MODE == "late":
        # The first ARGS[0] answers come ARGS[1] ms late, and hold stale values.
        if n <= ARGS[0]:
            time.sleep(ARGS[1] / 1000)
            send(frame(unit, values(function, address + 1000, count)))
        else:
            send(whole)
    elif MODE == "truncated":
        send(whole[:-1])
    elif MODE == "wrong_unit":
        send(frame(unit ^ 1, good))
    elif MODE == "wrong_function":
        send(frame(unit, values(7 - function, address, count)))
    elif MODE == "wrong_count":
        send(frame(unit, values(function, address, count + 1)))
    elif MODE == "exception":
        send(frame(unit, bytes([function | 0x80, ARGS[0]])))
    elif MODE == "silent_unit":
        if unit != ARGS[0]:
            send(whole)
    elif MODE == "twice":
        send(whole)
        time.sleep(0.005)
        send(frame(unit, values(function, address + 1000, count)))
    elif MODE == "echo":
        send(frame(unit, struct.pack(">BHH", function, address, count)) + whole)
    elif MODE == "collision":
        send(whole)
    elif MODE == "other_master":
        send(whole)
        time.sleep(0.02)
        send(frame(9, struct.pack(">BHH", 3, 500, 2)))
    else:
        send(whole)


def requests(receive, send):
    held = b""
    while True:
        part = receive()
        if not part:
            return
        held += part
        if ASCII:
            while b"\r\n" in held:
                line, held = held.split(b"\r\n", 1)
                body = bytes.fromhex(line[1:].decode())
                assert sum(body) & 0xFF == 0
                answer(send, body[0], *struct.unpack(">BHH", body[1:6]))
        else:
            while len(held) >= 8:
                assert crc(held[:6]) == held[6:8], held
                one, held = held[:8], held[8:]
                answer(send, one[0], *struct.unpack(">BHH", one[1:6]))


if CARRIER in ("tty", "ascii"):
    port = os.open(PATH, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(port)
    print("port 0", flush=True)
    requests(lambda: os.read(port, 256), lambda data: os.write(port, data))
elif CARRIER == "tcp":
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(5)
    print("port", server.getsockname()[1], flush=True)
    while True:
        conn, _ = server.accept()
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            requests(lambda: conn.recv(256), conn.sendall)
        except OSError:
            pass
        conn.close()
else:
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    print("port", server.getsockname()[1], flush=True)
    while True:
        data, peer = server.recvfrom(512)
        if MBAP:
            transaction, _, _, unit = struct.unpack(">HHHB", data[:7])
            body = data[7:12]
        else:
            assert crc(data[:6]) == data[6:8]
            unit, body = data[0], data[1:6]
        answer(lambda out: server.sendto(out, peer), unit, *struct.unpack(">BHH", body))
