namespace EdgeGateway.OpcUa.Services;

/// <summary>Numbers of the binary encodings of requests; that of an answer is 3 more (OPC 10000-6, annex A.3).</summary>
internal static class ServiceIds
{
    public const uint ServiceFault = 397;
    public const uint GetEndpoints = 428, OpenSecureChannel = 446, CloseSecureChannel = 452, CreateSession = 461, ActivateSession = 467, CloseSession = 473, Cancel = 479;
    public const uint Browse = 527, BrowseNext = 533, Translate = 554, RegisterNodes = 560, UnregisterNodes = 566, Read = 631, Write = 673;
    public const uint CreateMonitoredItems = 751, DeleteMonitoredItems = 781, CreateSubscription = 787, ModifySubscription = 793;
    public const uint Publish = 826, Republish = 832, TransferSubscriptions = 841, DeleteSubscriptions = 847;
    public const uint AnonymousToken = 321, UserNameToken = 324, X509Token = 327;
    public const uint DataChangeFilter = 724, DataChangeNotification = 811, StatusChangeNotification = 820;

    public static uint AnswerTo(uint request) => request + 3;
}
