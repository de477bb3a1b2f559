using System.Buffers.Binary;

namespace EdgeGateway.Modbus.Registers;

/// <summary>Registers ↔ a time on the device's clock, in whatever zone it is set to. Pure; nothing is allocated.</summary>
public static class RegisterDate
{
    private const int Century = 2000;

    /// <summary>Registers that a form takes.</summary>
    public static int Width(this DateForm form) => form switch
    {
        DateForm.Unix => 2,
        DateForm.Six => 6,
        DateForm.Iec => 4,
        _ => 3,
    };

    /// <summary>Reads a time; false where it is none, such as a month of 0.</summary>
    /// <param name="data">Wire bytes; at least 2 × <see cref="Width"/>.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="time">The time, of kind unspecified.</param>
    public static bool TryRead(ReadOnlySpan<byte> data, DateForm form, out DateTime time)
    {
        switch (form)
        {
            case DateForm.Unix:
                time = new DateTime(1970, 1, 1).AddSeconds(BinaryPrimitives.ReadUInt32BigEndian(data));
                return true;
            case DateForm.Six:
                return TryMake(Year(Word(data, 0)), Word(data, 1), Word(data, 2), Word(data, 3), Word(data, 4), 1_000 * Word(data, 5), out time);
            case DateForm.Packed:
                return TryMake(Century + data[0], data[1], data[2], data[3], data[4], 1_000 * data[5], out time);
            case DateForm.PackedBcd:
                time = default;
                return Two(data[0], out var year) && Two(data[1], out var month) && Two(data[2], out var day) && Two(data[3], out var hour) && Two(data[4], out var minute)
                    && Two(data[5], out var second) && TryMake(Century + year, month, day, hour, minute, 1_000 * second, out time);
            default:
                // The upper bits carry day of week, summer time and validity.
                return TryMake(Century + (data[1] & 0x7F), data[2] & 0x0F, data[3] & 0x1F, data[4] & 0x1F, data[5] & 0x3F, Word(data, 3), out time);
        }
    }

    /// <summary>Writes a time; false where the form cannot hold it.</summary>
    /// <param name="data">Receives 2 × <see cref="Width"/> bytes.</param>
    /// <param name="form">How to write it.</param>
    /// <param name="time">The time; of <see cref="DateForm.Iec"/> to the millisecond, of others to the second.</param>
    public static bool TryWrite(Span<byte> data, DateForm form, DateTime time)
    {
        Span<int> parts = [time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second];
        if (form == DateForm.Unix)
        {
            var seconds = (time - new DateTime(1970, 1, 1)).Ticks / TimeSpan.TicksPerSecond;
            if (seconds is < 0 or > uint.MaxValue) return false;
            BinaryPrimitives.WriteUInt32BigEndian(data, (uint)seconds);
            return true;
        }
        if (form == DateForm.Six)
        {
            for (var i = 0; i < parts.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(data[(2 * i)..], (ushort)parts[i]);
            return true;
        }
        if (time.Year is < Century or > Century + 99) return false;
        parts[0] -= Century;
        if (form == DateForm.Iec)
        {
            ReadOnlySpan<byte> head = [0, (byte)parts[0], (byte)parts[1], (byte)parts[2], (byte)parts[3], (byte)parts[4]];
            head.CopyTo(data);
            BinaryPrimitives.WriteUInt16BigEndian(data[6..], (ushort)(1_000 * time.Second + time.Millisecond));
            return true;
        }
        for (var i = 0; i < parts.Length; i++) data[i] = (byte)(form == DateForm.PackedBcd ? parts[i] / 10 * 16 + parts[i] % 10 : parts[i]);
        return true;
    }

    private static int Word(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt16BigEndian(data[(2 * at)..]);

    private static int Year(int written) => written < 100 ? Century + written : written;

    private static bool Two(byte digits, out int value)
    {
        value = 10 * (digits >> 4) + (digits & 15);
        return digits >> 4 < 10 && (digits & 15) < 10;
    }

    private static bool TryMake(int year, int month, int day, int hour, int minute, int milliseconds, out DateTime time)
    {
        time = default;
        if (year is < 1970 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || milliseconds > 59_999) return false;
        time = new DateTime(year, month, day, hour, minute, 0).AddMilliseconds(milliseconds);
        return true;
    }
}
