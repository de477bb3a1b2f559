using System.Globalization;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Writing;

/// <summary>How a value of one writable point becomes a request, and how its registers are read back. Made only in a gateway that may write. Immutable; thread-safe.</summary>
internal sealed class WritePoint
{
    // Beyond it a number is no multiple of the point's step, but wrong.
    private const double StepTolerance = 1e-6;
    // From here on neighbouring whole numbers are one double.
    private const double Exact = 1L << 53;

    private readonly PointMap _map;
    private readonly PollDevice _device;
    private readonly RegisterType _type;
    private readonly WordOrder _order;
    private readonly bool _coil, _many, _isState;
    private readonly double _scale, _offset;
    private readonly int _firstBit, _bits;
    private readonly ushort _address;

    public WritePoint(PointMap map, PollDevice device, WordOrder deviceOrder, bool many)
    {
        var options = map.Options;
        (_map, _device, _many, _isState) = (map, device, many, map.Kind == PointKind.State);
        _coil = options.Get(ModbusOptions.Table).IsBits();
        // A coil has no bytes that could be swapped.
        (_type, _order) = (options.Get(ModbusOptions.Type), _coil ? WordOrder.Abcd : options.GetOr(ModbusOptions.PointOrder, deviceOrder));
        _address = (ushort)options.Get(ModbusOptions.Address);
        (_scale, _offset) = _isState ? (1, 0) : (DeviceCheck.Scale(map).ToDouble(), options.Get(ModbusOptions.Offset).ToDouble());
        if (options.Has(ModbusOptions.Bit)) (_firstBit, _bits) = ((int)options.Get(ModbusOptions.Bit), (int)options.Get(ModbusOptions.Bits));
    }

    private int Width => _coil ? 1 : _type.Width();

    /// <summary>Plans the write of a value.</summary>
    /// <param name="value">In the point's unit; of a state, the raw value.</param>
    /// <param name="fault">Why it cannot be written, or null.</param>
    /// <returns>The job, or null.</returns>
    public WriteJob? Plan(double value, out string? fault)
    {
        Span<byte> data = stackalloc byte[8];
        Span<byte> mask = stackalloc byte[8];
        mask.Fill(0xFF);
        Span<byte> pdu = stackalloc byte[WriteManyRequest.HeaderLength + 8];
        fault = Encode(data, value);
        if (fault is not null) return null;
        var bytes = 2 * Width;
        int length;
        if (_coil)
        {
            ReadOnlySpan<byte> one = [data[1]];
            length = _many ? new WriteManyRequest(FunctionCode.WriteCoils, _address, 1, one).Write(pdu) : WriteSingle.Coil(_address, data[1] != 0).Write(pdu);
        }
        else if (_bits > 0)
        {
            var bits = (ushort)(((1 << _bits) - 1) << _firstBit);
            RegisterBits.Write(mask, 1, _order, bits);
            length = new MaskWrite(_address, (ushort)~Wire(mask), Wire(data)).Write(pdu);
        }
        else if (Width == 1 && !_many) length = WriteSingle.Register(_address, Wire(data)).Write(pdu);
        else length = new WriteManyRequest(FunctionCode.WriteRegisters, _address, (ushort)Width, data[..bytes]).Write(pdu);
        var back = new ReadRequest(_coil ? FunctionCode.ReadCoils : FunctionCode.ReadHoldingRegisters, _address, (ushort)Width);
        return new WriteJob(this, _device, pdu[..length], back, data[..bytes], mask[..bytes]);
    }

    /// <summary>What registers mean, in the terms of <see cref="Plan"/>; null where they hold no number.</summary>
    public double? Read(ReadOnlySpan<byte> data)
    {
        var bits = RegisterBits.Read(data, Width, _order);
        if (_bits > 0) bits = (bits >> _firstBit) & (ulong.MaxValue >> (64 - _bits));
        var format = new RegisterFormat { Type = _coil ? RegisterType.Bool : _type, Order = _order, Kind = PointKind.Gauge };
        if (_bits > 0) return bits * _scale + _offset;
        var reading = new RegisterDecoder(format).Decode(data);
        return reading.Quality.HasValue() ? reading.Number * _scale + _offset : null;
    }

    /// <summary>For messages: <c>5 kW</c>.</summary>
    public string Show(double? value) => value is not { } number ? "no number" : string.Create(CultureInfo.InvariantCulture, $"{number:0.#########}{(_isState || _map.Unit == UnitOfMeasure.None ? "" : " " + _map.Unit.Symbol())}");

    private string? Encode(Span<byte> data, double value)
    {
        if (!double.IsFinite(value)) return $"{_map.Path}: this is no number; nothing was written.";
        var raw = (value - _offset) / _scale;
        if (_type.IsFloat() && !_coil) return RegisterEncoder.TryWriteFraction(data, _type, _order, raw) ? null : Beyond();
        var whole = Math.Round(raw);
        if (Math.Abs(raw - whole) > StepTolerance * Math.Max(1, Math.Abs(raw))) return $"{_map.Path}: {Show(value)} is no multiple of its step of {Show(_scale)}; nothing was written.";
        if (Math.Abs(whole) >= Exact) return $"{_map.Path}: {Show(value)} has more digits than can be written exactly; nothing was written.";
        if (_bits == 0) return RegisterEncoder.TryWriteWhole(data, _coil ? RegisterType.Bool : _type, _order, (Int128)whole) ? null : Beyond();
        if (whole < 0 || whole >= 1 << _bits) return Beyond();
        return RegisterEncoder.TryWriteWhole(data, RegisterType.U16, _order, (Int128)whole << _firstBit) ? null : Beyond();

        string Beyond() => $"{_map.Path}: {Show(value)} does not fit {(_bits > 0 ? "its bits" : ModbusOptions.Word(_type))}; nothing was written.";
    }

    private static ushort Wire(ReadOnlySpan<byte> data) => (ushort)((data[0] << 8) | data[1]);
}
