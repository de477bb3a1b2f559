"""A meter and a PLC on pymodbus, as a factory would have them.

usage: meter.py PORT STATE_FILE

unit 1:  input registers     0x34 power f32 W, 0x48 energy f32 kWh (multiples of 0.01)
unit 10: holding registers   0 good u32, 2 scrap u32, 4 state u16, 0x20 its clock, Unix seconds u32
Power is a constant 36 kW, so the energy register moves by 0.01 kWh a second; a good piece falls every second, a scrapped one every four.
Each step is appended to STATE_FILE as `unix_seconds energy_steps good scrap`, so that a test knows the truth from the meter itself.
"""
import asyncio
import struct
import sys
import time

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartAsyncTcpServer

port, state_file = int(sys.argv[1]), sys.argv[2]


def words(fmt, value):
    return list(struct.unpack(">HH", struct.pack(fmt, value)))


def device():
    return ModbusSlaveContext(
        hr=ModbusSequentialDataBlock(0, [0] * 128), ir=ModbusSequentialDataBlock(0, [0] * 128), zero_mode=True)


meter, plc = device(), device()


def show(energy, good, scrap):
    meter.setValues(4, 0x34, words(">f", 36000.0))
    meter.setValues(4, 0x48, words(">f", energy / 100))
    plc.setValues(3, 0, words(">I", good) + words(">I", scrap) + [2])
    plc.setValues(3, 0x20, words(">I", int(time.time())))


async def live():
    start, done = time.time(), 0
    with open(state_file, "a", encoding="ascii") as state:
        while True:
            now = time.time()
            while done <= now - start:
                energy, good, scrap = 123456 + done, 5000 + done, 70 + done // 4
                show(energy, good, scrap)
                state.write(f"{now:.6f} {energy} {good} {scrap}\n")
                state.flush()
                done += 1
            await asyncio.sleep(max(0.001, start + done - time.time()))


async def main():
    show(123456, 5000, 70)
    task = asyncio.create_task(live())
    await StartAsyncTcpServer(ModbusServerContext(slaves={1: meter, 10: plc}, single=False), address=("127.0.0.1", port))
    await task


asyncio.run(main())
