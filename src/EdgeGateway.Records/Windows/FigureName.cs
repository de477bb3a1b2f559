namespace EdgeGateway.Records.Windows;

/// <summary>What a figure is called.</summary>
/// <param name="Id">Its durable number.</param>
/// <param name="Word">Its name in payloads.</param>
/// <param name="Unit">Its unit; "" for a share.</param>
/// <param name="Doc">What it means, one sentence.</param>
public sealed record FigureName(FigureId Id, string Word, string Unit, string Doc);
