"""A pymodbus server with a few known values: argument 1 is the port on loopback.

holding 0-1   f32  230.5          holding 2-3   u32  123456789
holding 4     u16  4242           holding 10-11 f32  12345.67 in order CDAB
input   100   u16  2301           input   101-104 u64 1234567890123
input   105   i16  -5             input   106-107 f32 not a number
"""
import struct
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartTcpServer


def words(form, value):
    raw = struct.pack(form, value)
    return [struct.unpack_from(">H", raw, i)[0] for i in range(0, len(raw), 2)]


holding = [0] * 200
holding[0:2] = words(">f", 230.5)
holding[2:4] = words(">I", 123456789)
holding[4] = 4242
holding[10:12] = reversed(words(">f", 12345.67))
inputs = [0] * 200
inputs[100] = 2301
inputs[101:105] = words(">Q", 1234567890123)
inputs[105:106] = words(">h", -5)
inputs[106:108] = [0x7FC0, 0]

device = ModbusSlaveContext(hr=ModbusSequentialDataBlock(0, holding), ir=ModbusSequentialDataBlock(0, inputs), zero_mode=True)
StartTcpServer(context=ModbusServerContext(slaves={3: device}, single=False), address=("127.0.0.1", int(sys.argv[1])))
