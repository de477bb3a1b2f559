/* The same work as modbus-tcp, by libmodbus: arguments are port, registers, requests; prints requests a second. */
#include <modbus/modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc != 4) return 64;
    int registers = atoi(argv[2]), requests = atoi(argv[3]);
    uint16_t values[125];
    modbus_t *master = modbus_new_tcp("127.0.0.1", atoi(argv[1]));
    modbus_set_slave(master, 1);
    if (registers > 125 || modbus_connect(master) != 0) return 1;
    double begin = 0;
    for (int i = -200; i < requests; i++) {
        if (i == 0) begin = seconds();
        if (modbus_read_registers(master, 0, registers, values) != registers) return 2;
    }
    printf("%.1f\n", requests / (seconds() - begin));
    modbus_close(master);
    modbus_free(master);
    return 0;
}
