namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Where a point lies in its device's memory.</summary>
/// <param name="Space">What its addresses count in, such as <c>unit 3 holding</c>: only points of one space can overlap.</param>
/// <param name="First">First address.</param>
/// <param name="Count">How many addresses it takes.</param>
/// <param name="Form">How it is read there, such as <c>u32 ABCD</c>.</param>
public sealed record PointPlace(string Space, long First, int Count, string Form);
