namespace EdgeGateway.Dashboard.Health;

/// <summary>Something that is not as it should be, now.</summary>
/// <param name="Code">Word for programs and for the page's translation.</param>
/// <param name="Severity"><c>stop</c>: nothing is measured or kept; <c>fault</c>: a part is down; <c>note</c>: figures carry a mark.</param>
/// <param name="Subject">To what it happens: a device, connection or publisher, or "" for the box.</param>
/// <param name="Detail">The cause in the words of log and command line, or null.</param>
/// <param name="Text">One sentence: what, and what to do.</param>
/// <param name="Since">UTC microseconds, or 0 where that is not known.</param>
internal sealed record Alarm(string Code, string Severity, string Subject, string? Detail, string Text, long Since = 0);
