"""A pymodbus server that may be written, and says what it is asked: argument 1 is tcp, rtu_tcp or the path of a serial port; argument 2 the port on loopback, or -.

Units 1 and 2: coils 0-99 and holding registers 0-199, all 0. Register 50 takes at most 100, register 51 nothing at all, and both tell in their answer; register 60 and coil 60 refuse to be written.
Every access is printed as 'asked unit function address count', where the store sees it.
"""
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartSerialServer, StartTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer


class Drive(ModbusSlaveContext):
    def __init__(self, unit):
        super().__init__(co=ModbusSequentialDataBlock(0, [0] * 100), hr=ModbusSequentialDataBlock(0, [0] * 200), zero_mode=True)
        self.unit = unit

    def validate(self, function, address, count=1):
        if function in (5, 6, 15, 16, 22) and address == 60:
            print("asked", self.unit, function, address, count, flush=True)
            return False
        return super().validate(function, address, count)

    def getValues(self, function, address, count=1):
        # pymodbus reads for the answers to writes too.
        if function < 5:
            print("asked", self.unit, function, address, count, flush=True)
        return super().getValues(function, address, count)

    def setValues(self, function, address, values):
        print("asked", self.unit, function, address, len(values), flush=True)
        if function in (6, 16) and address == 50:
            values = [min(v, 100) for v in values]
        if address == 51:
            return
        super().setValues(function, address, values)


context = ModbusServerContext(slaves={1: Drive(1), 2: Drive(2)}, single=False)
kind, port = sys.argv[1:3]
print("serving", flush=True)
if kind in ("tcp", "rtu_tcp"):
    StartTcpServer(context=context, address=("127.0.0.1", int(port)), framer=ModbusRtuFramer if kind == "rtu_tcp" else ModbusSocketFramer)
else:
    StartSerialServer(context=context, framer=ModbusRtuFramer, port=kind, baudrate=115200, parity="N", timeout=1)
