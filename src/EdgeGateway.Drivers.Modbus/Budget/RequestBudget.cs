namespace EdgeGateway.Drivers.Modbus.Budget;

/// <summary>One planned request and what it takes.</summary>
/// <param name="Device">The device's name.</param>
/// <param name="Unit">Its unit identifier.</param>
/// <param name="Items">What is read: <c>holding registers 100-119</c>.</param>
/// <param name="Count">Registers, coils or discrete inputs.</param>
/// <param name="Points">Points in the answer.</param>
/// <param name="Period">How often it is wanted.</param>
/// <param name="Takes">Time on the line, the device's own included.</param>
/// <param name="Rest">Time that the device needs behind it, in which others may be asked.</param>
public sealed record RequestBudget(string Device, int Unit, string Items, int Count, int Points, TimeSpan Period, TimeSpan Takes, TimeSpan Rest)
{
    /// <summary>Share of the line's time, from 0; above 1 the period cannot be held even alone.</summary>
    public double Load => Takes / Period;
}
