namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>Order of blocks in the queue: earliest first, and among equals the planned order.</summary>
internal readonly record struct DueKey(long Due, int Order) : IComparable<DueKey>
{
    public int CompareTo(DueKey other) => Due != other.Due ? Due.CompareTo(other.Due) : Order.CompareTo(other.Order);

    public static bool operator <(DueKey left, DueKey right) => left.CompareTo(right) < 0;

    public static bool operator >(DueKey left, DueKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(DueKey left, DueKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DueKey left, DueKey right) => left.CompareTo(right) >= 0;
}
