/* A libmodbus server: argument 1 is a port on loopback. Holding register n holds n. Prints 'port N', and every request as 'unit function address count'. */
#include <modbus/modbus.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) return 64;
    modbus_t *context = modbus_new_tcp("127.0.0.1", atoi(argv[1]));
    modbus_mapping_t *map = modbus_mapping_new(0, 0, 1000, 0);
    int listener = modbus_tcp_listen(context, 5);
    if (map == NULL || listener < 0) return 1;
    for (int i = 0; i < 1000; i++) map->tab_registers[i] = i;
    printf("port %s\n", argv[1]);
    fflush(stdout);
    while (modbus_tcp_accept(context, &listener) >= 0) {
        uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
        int length;
        while ((length = modbus_receive(context, query)) > 0) {
            printf("%d %d %d %d\n", query[6], query[7], query[8] << 8 | query[9], query[10] << 8 | query[11]);
            fflush(stdout);
            modbus_reply(context, query, length, map);
        }
    }
    return 0;
}
