"""Meters on pymodbus that write down who asks them.

usage: watched_meter.py PORT LOG

Every unit 1 to 4 has an energy register: input registers 0x48, f32 kWh in multiples of 0.01, that moves by 0.01 kWh every 100 ms; each unit begins at 1000 times its number.
LOG gets a line for every connection made (`connect`), lost (`lost`) and every read (`read UNIT ADDRESS STEPS`, with the register's steps as answered).
"""
import asyncio
import struct
import sys
import time

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSequentialDataBlock
from pymodbus.server import StartAsyncTcpServer
from pymodbus.server.async_io import ModbusConnectedRequestHandler

port, log = int(sys.argv[1]), open(sys.argv[2], "a", encoding="ascii", buffering=1)
start = time.time()


class Unit(ModbusSlaveContext):
    def __init__(self, number):
        super().__init__(ir=ModbusSequentialDataBlock(0, [0] * 256), hr=ModbusSequentialDataBlock(0, [0] * 256), zero_mode=True)
        self.number = number

    def getValues(self, fc, address, count=1):
        steps = self.number * 100_000 + int((time.time() - start) * 10)
        for kind in (3, 4):
            super().setValues(kind, 0x48, list(struct.unpack(">HH", struct.pack(">f", steps / 100))))
        log.write(f"read {self.number} {address} {steps}\n")
        return super().getValues(fc, address, count)


made, lost = ModbusConnectedRequestHandler.connection_made, ModbusConnectedRequestHandler.connection_lost


def note_made(self, transport):
    log.write("connect\n")
    made(self, transport)


def note_lost(self, call_exc):
    log.write("lost\n")
    lost(self, call_exc)


ModbusConnectedRequestHandler.connection_made, ModbusConnectedRequestHandler.connection_lost = note_made, note_lost

asyncio.run(StartAsyncTcpServer(ModbusServerContext(slaves={n: Unit(n) for n in range(1, 5)}, single=False), address=("127.0.0.1", port)))
