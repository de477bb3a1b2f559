namespace EdgeGateway.Dashboard.Api;

/// <summary>A request that cannot be answered; the message says what is wrong with it and what would be right.</summary>
internal sealed class BadRequestException(string message) : Exception(message);
