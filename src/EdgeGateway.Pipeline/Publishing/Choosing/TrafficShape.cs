namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>About how many bytes a publisher sends for what; measured on typical data, headers of TCP and TLS left out.</summary>
/// <param name="Record">A record without inputs.</param>
/// <param name="Input">Each input of a record.</param>
/// <param name="Sample">A sample.</param>
/// <param name="Message">What is sent once for the samples of a device that were read together.</param>
public sealed record TrafficShape(int Record, int Input, int Sample, int Message);
