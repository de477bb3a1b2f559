namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>Messages of this driver about maps, in Chinese.</summary>
internal static class ModbusChinese
{
    public const string Messages = """
        unit_id 0 addresses every device of a serial line, and none of them answers.
          unit_id 0 是串行总线的广播地址，没有设备会应答。
        coils and discrete inputs are of type bool.
          线圈和离散输入的类型是 bool。
        {0} registers from address {1} on reach beyond 65535.
          从地址 {1} 起的 {0} 个寄存器超出 65535。
        the type takes {0} registers, but {1} answers max_registers: {2} at once.
          此类型占 {0} 个寄存器，但 {1} 一次最多应答 max_registers: {2} 个。
        strings and dates are of kind text.
          字符串和日期的种类是 text。
        text cannot be read from number registers; use kind gauge, counter or state, or type string.
          数值寄存器里读不出文本：请用 kind gauge、counter 或 state，或 type string。
        a state is a whole number; use an integer type such as u16.
          state 是整数：请用 u16 等整数类型。
        a counter in this type would lose steps; use a whole number, f32 or f64.
          此类型的 counter 会丢步：请用整数、f32 或 f64。
        a string needs its length in registers.
          字符串需要写长度（寄存器个数）。
        only strings have it.
          只有字符串才有此项。
        only gauges have it.
          只有 gauge 才有此项。
        only u16, u32 and u64 have it.
          只有 u16、u32 和 u64 才有此项。
        it needs 'bit', the lowest one.
          需要同时写最低位 bit。
        only whole numbers are summed.
          只有整数才能加权求和。
        bits are not summed.
          按位取值不能加权求和。
        this date has an order of its own.
          这种日期有自己的字序。
        these bits reach beyond the {0} bits of the type.
          这些位超出该类型的 {0} 位。
        a counter's resolution must be above 0.
          counter 的 resolution 必须大于 0。
        resolution × ratio has too many digits.
          resolution × ratio 的位数太多。
        sentinel: only numbers have it.
          sentinel：只有数值才有此项。
        the sentinel does not fit {0} bits.
          sentinel 超出 {0} 位。
        input registers and discrete inputs cannot be written; writable points lie in table holding or coil.
          输入寄存器和离散输入不能写；可写测点应在 holding 或 coil 表中。
        a value that is spread over several numbers cannot be written at once.
          分布在多个数里的值不能一次写入。
        bits can be written within a single register of type u16 only.
          只有 u16 单寄存器内的位可以写。
        '{0}' is no range of addresses such as 100-119.
          “{0}”不是地址范围，例如 100-119。
        '{0}' is no whole number.
          “{0}”不是整数。
        expected a whole number such as -1 or 0x8000.
          应为整数，例如 -1 或 0x8000。
        expected the name of a serial port.
          应为串口名称。
        expected a host name or an IP address.
          应为主机名或 IP 地址。
        '{0}' is no IP address.
          “{0}”不是 IP 地址。
        '{0}' is no packet: after 0x an even number of hexadecimal digits is expected.
          “{0}”不是报文：0x 后应为偶数个十六进制数字。
        a packet has at least one byte.
          报文至少有一个字节。
        a packet has at most {0} bytes.
          报文最多 {0} 个字节。
        = Name or IP address of the device or gateway.
          设备或串口服务器的名称或 IP 地址。
        = Name of the port, best one that survives replugging such as /dev/serial/by-id/usb-…; COM3 on Windows.
          串口名称，最好用重新插拔后不变的 /dev/serial/by-id/usb-…；Windows 上写 COM3。
        = Port to listen on. Several connections may share it: their devices are told apart by registration.
          监听端口。多个连接可以共用，按 registration 区分设备。
        = First register as it stands in the request, counted from 0: register 40001 of a manual is holding 0.
          请求中的首地址，从 0 数起：手册的 40001 即 holding 0。
        = Format in the registers; coils and discrete inputs are bool.
          寄存器里的格式；线圈和离散输入是 bool。

        """;
}
