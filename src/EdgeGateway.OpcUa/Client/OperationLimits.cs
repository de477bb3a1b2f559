using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Client;

/// <summary>Services with a limit of their own.</summary>
public enum Operation : byte
{
    /// <summary>MaxNodesPerRead.</summary>
    Read = 0,
    /// <summary>MaxNodesPerBrowse.</summary>
    Browse,
    /// <summary>MaxNodesPerRegisterNodes.</summary>
    Register,
    /// <summary>MaxNodesPerTranslateBrowsePathsToNodeIds.</summary>
    Translate,
    /// <summary>MaxMonitoredItemsPerCall.</summary>
    MonitoredItems,
}

/// <summary>How many operations one request may hold: what the server says, or 500, halved and remembered whenever it proves too much.</summary>
public sealed class OperationLimits
{
    /// <summary>Used where the server gives no limit.</summary>
    public const int Default = 500;

    internal static readonly uint[] Nodes = [11705, 11710, 11711, 11712, 11714];
    private readonly int[] _said = [Default, Default, Default, Default, Default];
    private readonly int[] _learned = [int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue];

    /// <summary>Grows with every change, so that prepared batches can be cut anew.</summary>
    public int Version { get; private set; }

    /// <summary>The limit in force, at least 1.</summary>
    public int this[Operation operation] => Math.Min(_said[(int)operation], _learned[(int)operation]);

    /// <summary>True for the statuses by which servers say that a request or its answer was too large.</summary>
    public static bool IsTooMuch(StatusCode status) => status.Code is StatusCodes.BadTooManyOperations or StatusCodes.BadRequestTooLarge or
        StatusCodes.BadResponseTooLarge or StatusCodes.BadEncodingLimitsExceeded or StatusCodes.BadTcpMessageTooLarge;

    /// <summary>A request of <paramref name="count"/> operations was too much. False where even one is.</summary>
    public bool Halve(Operation operation, int count)
    {
        if (count <= 1) return false;
        _learned[(int)operation] = Math.Min(_learned[(int)operation], Math.Max(1, count / 2));
        Version++;
        return true;
    }

    internal void Say(Operation operation, in DataValue value)
    {
        var said = value.Status.IsBad || !value.Value.TryInteger(out var n) || n <= 0 ? Default : (int)Math.Min(n, 100_000);
        if (_said[(int)operation] == said) return;
        _said[(int)operation] = said;
        Version++;
    }
}
