using System.Runtime.InteropServices;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>Sorts the rows of a block by device, devices in the order in which they appear, rows in their own order. Reused from block to block. Not thread-safe.</summary>
internal sealed class DeviceRows
{
    private readonly Dictionary<string, int> _indexes = [];
    private readonly List<string> _devices = [];
    private readonly List<int> _starts = [];
    private int[] _deviceOf = [];
    private int[] _order = [];
    private PointName?[] _points = [];
    private int _end;

    /// <summary>How many devices there are.</summary>
    public int Count => _devices.Count;

    /// <summary>Rows whose point no map names any more; they belong to no device.</summary>
    public int Unnamed { get; private set; }

    /// <summary>Point of the first of them.</summary>
    public int UnnamedPoint { get; private set; }

    /// <summary>Name of a device.</summary>
    public string Device(int device) => _devices[device];

    /// <summary>Rows of a device.</summary>
    public ReadOnlySpan<int> Rows(int device)
    {
        var end = device + 1 < _starts.Count ? _starts[device + 1] : _end;
        return _order.AsSpan(_starts[device], end - _starts[device]);
    }

    /// <summary>The point of a row of <see cref="Rows"/>.</summary>
    public PointName Point(int row) => _points[row]!;

    /// <summary>Takes the rows of a block; what was before is forgotten.</summary>
    public void Take(IReadOnlyList<SampleRow> rows, INames names)
    {
        Reset(rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var point = names.Point(rows[row].Point);
            _points[row] = point;
            if (point is null)
            {
                if (Unnamed++ == 0) UnnamedPoint = rows[row].Point;
                _deviceOf[row] = -1;
                continue;
            }
            if (!_indexes.TryGetValue(point.Device, out var device))
            {
                device = _devices.Count;
                _indexes.Add(point.Device, device);
                _devices.Add(point.Device);
                _starts.Add(0);
            }
            _deviceOf[row] = device;
            _starts[device]++;
        }
        Place(rows.Count);
    }

    private void Reset(int rows)
    {
        _indexes.Clear();
        _devices.Clear();
        _starts.Clear();
        (Unnamed, UnnamedPoint, _end) = (0, 0, 0);
        if (_deviceOf.Length >= rows) return;
        _deviceOf = new int[rows];
        _order = new int[rows];
        _points = new PointName?[rows];
    }

    /// <summary>Counting sort: counts become starts, rows go to their places.</summary>
    private void Place(int rows)
    {
        var sum = 0;
        for (var device = 0; device < _starts.Count; device++)
        {
            sum += _starts[device];
            _starts[device] = sum;
        }
        _end = sum;
        var places = CollectionsMarshal.AsSpan(_starts);
        for (var row = rows - 1; row >= 0; row--)
        {
            if (_deviceOf[row] >= 0) _order[--places[_deviceOf[row]]] = row;
        }
    }
}
