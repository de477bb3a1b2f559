namespace EdgeGateway.Modbus.Registers;

/// <summary>How devices write a time.</summary>
public enum DateForm : byte
{
    /// <summary>Seconds since 1970 in two registers, most significant first.</summary>
    Unix = 0,

    /// <summary>Year, month, day, hour, minute, second in a register each; the year with or without its century.</summary>
    Six = 1,

    /// <summary>The same in a byte each, three registers; years from 2000.</summary>
    Packed = 2,

    /// <summary>The same in two decimal digits each, three registers; years from 2000.</summary>
    PackedBcd = 3,

    /// <summary>Four registers as in IEC 60870-5-4: year from 2000; month and day; hour and minute; milliseconds of the minute.</summary>
    Iec = 4,
}
