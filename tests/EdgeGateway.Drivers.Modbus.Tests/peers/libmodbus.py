"""A server of libmodbus, the C library: its code answers, this only starts it.

Argument 1 is a port on loopback, or the path of a serial port and argument 2 the unit there. Holding register n holds n, up to 999; writes are taken.
Prints 'port N' or 'serving', and every request as 'unit function address count'.
"""
import ctypes
import sys


class Mapping(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in (
        "nb_bits", "start_bits", "nb_input_bits", "start_input_bits", "nb_input_registers", "start_input_registers", "nb_registers", "start_registers")] + [
        ("tab_bits", ctypes.POINTER(ctypes.c_uint8)), ("tab_input_bits", ctypes.POINTER(ctypes.c_uint8)),
        ("tab_input_registers", ctypes.POINTER(ctypes.c_uint16)), ("tab_registers", ctypes.POINTER(ctypes.c_uint16))]


lib = ctypes.CDLL("libmodbus.so.5")
lib.modbus_new_tcp.restype = lib.modbus_new_rtu.restype = ctypes.c_void_p
lib.modbus_mapping_new.restype = ctypes.POINTER(Mapping)
mapping = lib.modbus_mapping_new(100, 0, 1000, 0)
for n in range(1000):
    mapping.contents.tab_registers[n] = n
query = ctypes.create_string_buffer(260)


def serve(context, header):
    """Until the other side hangs up; header bytes stand before the unit."""
    while True:
        length = lib.modbus_receive(context, query)
        if length < 0:
            return
        if length > 0:
            q = query.raw[header:]
            print(q[0], q[1], q[2] << 8 | q[3], q[4] << 8 | q[5], flush=True)
            lib.modbus_reply(context, query, length, mapping)


if sys.argv[1].isdigit():
    tcp = ctypes.c_void_p(lib.modbus_new_tcp(b"127.0.0.1", int(sys.argv[1])))
    listener = ctypes.c_int(lib.modbus_tcp_listen(tcp, 5))
    assert listener.value >= 0
    print("port", sys.argv[1], flush=True)
    while lib.modbus_tcp_accept(tcp, ctypes.byref(listener)) >= 0:
        serve(tcp, 6)
else:
    rtu = ctypes.c_void_p(lib.modbus_new_rtu(sys.argv[1].encode(), 115200, ctypes.c_char(b"N"), 8, 1))
    lib.modbus_set_slave(rtu, int(sys.argv[2]))
    assert lib.modbus_connect(rtu) == 0
    print("serving", flush=True)
    while True:
        # What is for others, or damaged, is passed over.
        serve(rtu, 0)
