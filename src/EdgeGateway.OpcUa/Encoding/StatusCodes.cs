using System.Collections.Frozen;
using System.Globalization;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>Numbers and symbols of the status codes this client meets (OPC 10000-6, annex A.2).</summary>
public static class StatusCodes
{
    /// <summary>Bad Unexpected Error.</summary>
    public const uint BadUnexpectedError = 0x80010000;
    /// <summary>Bad Internal Error.</summary>
    public const uint BadInternalError = 0x80020000;
    /// <summary>Bad Resource Unavailable.</summary>
    public const uint BadResourceUnavailable = 0x80040000;
    /// <summary>Bad Communication Error.</summary>
    public const uint BadCommunicationError = 0x80050000;
    /// <summary>Bad Decoding Error.</summary>
    public const uint BadDecodingError = 0x80070000;
    /// <summary>Bad Encoding Limits Exceeded.</summary>
    public const uint BadEncodingLimitsExceeded = 0x80080000;
    /// <summary>Bad Request Too Large.</summary>
    public const uint BadRequestTooLarge = 0x80B80000;
    /// <summary>Bad Response Too Large.</summary>
    public const uint BadResponseTooLarge = 0x80B90000;
    /// <summary>Bad Unknown Response.</summary>
    public const uint BadUnknownResponse = 0x80090000;
    /// <summary>Bad Timeout.</summary>
    public const uint BadTimeout = 0x800A0000;
    /// <summary>Bad Service Unsupported.</summary>
    public const uint BadServiceUnsupported = 0x800B0000;
    /// <summary>Bad Shutdown.</summary>
    public const uint BadShutdown = 0x800C0000;
    /// <summary>Bad Server Halted.</summary>
    public const uint BadServerHalted = 0x800E0000;
    /// <summary>Bad Nothing To Do.</summary>
    public const uint BadNothingToDo = 0x800F0000;
    /// <summary>Bad Too Many Operations.</summary>
    public const uint BadTooManyOperations = 0x80100000;
    /// <summary>Bad Security Checks Failed.</summary>
    public const uint BadSecurityChecksFailed = 0x80130000;
    /// <summary>Bad Certificate Invalid.</summary>
    public const uint BadCertificateInvalid = 0x80120000;
    /// <summary>Bad Certificate Untrusted.</summary>
    public const uint BadCertificateUntrusted = 0x801A0000;
    /// <summary>Bad User Access Denied.</summary>
    public const uint BadUserAccessDenied = 0x801F0000;
    /// <summary>Bad Identity Token Invalid.</summary>
    public const uint BadIdentityTokenInvalid = 0x80200000;
    /// <summary>Bad Identity Token Rejected.</summary>
    public const uint BadIdentityTokenRejected = 0x80210000;
    /// <summary>Bad Secure Channel Id Invalid.</summary>
    public const uint BadSecureChannelIdInvalid = 0x80220000;
    /// <summary>Bad Session Id Invalid.</summary>
    public const uint BadSessionIdInvalid = 0x80250000;
    /// <summary>Bad Session Closed.</summary>
    public const uint BadSessionClosed = 0x80260000;
    /// <summary>Bad Session Not Activated.</summary>
    public const uint BadSessionNotActivated = 0x80270000;
    /// <summary>Bad Subscription Id Invalid.</summary>
    public const uint BadSubscriptionIdInvalid = 0x80280000;
    /// <summary>Bad No Communication.</summary>
    public const uint BadNoCommunication = 0x80310000;
    /// <summary>Bad Waiting For Initial Data.</summary>
    public const uint BadWaitingForInitialData = 0x80320000;
    /// <summary>Bad Node Id Invalid.</summary>
    public const uint BadNodeIdInvalid = 0x80330000;
    /// <summary>Bad Node Id Unknown.</summary>
    public const uint BadNodeIdUnknown = 0x80340000;
    /// <summary>Bad Attribute Id Invalid.</summary>
    public const uint BadAttributeIdInvalid = 0x80350000;
    /// <summary>Bad Monitored Item Id Invalid.</summary>
    public const uint BadMonitoredItemIdInvalid = 0x80420000;
    /// <summary>Bad Monitored Item Filter Unsupported.</summary>
    public const uint BadMonitoredItemFilterUnsupported = 0x80440000;
    /// <summary>Bad Filter Not Allowed.</summary>
    public const uint BadFilterNotAllowed = 0x80450000;
    /// <summary>Bad Deadband Filter Invalid.</summary>
    public const uint BadDeadbandFilterInvalid = 0x808E0000;
    /// <summary>Bad Continuation Point Invalid.</summary>
    public const uint BadContinuationPointInvalid = 0x804A0000;
    /// <summary>Bad No Continuation Points.</summary>
    public const uint BadNoContinuationPoints = 0x804B0000;
    /// <summary>Bad Too Many Sessions.</summary>
    public const uint BadTooManySessions = 0x80560000;
    /// <summary>Bad Too Many Monitored Items.</summary>
    public const uint BadTooManyMonitoredItems = 0x80DB0000;
    /// <summary>Bad Too Many Publish Requests.</summary>
    public const uint BadTooManyPublishRequests = 0x80780000;
    /// <summary>Bad No Subscription.</summary>
    public const uint BadNoSubscription = 0x80790000;
    /// <summary>Bad Message Not Available.</summary>
    public const uint BadMessageNotAvailable = 0x807B0000;
    /// <summary>Bad Tcp Server Too Busy.</summary>
    public const uint BadTcpServerTooBusy = 0x807D0000;
    /// <summary>Bad Tcp Message Too Large.</summary>
    public const uint BadTcpMessageTooLarge = 0x80800000;
    /// <summary>Bad Tcp Secure Channel Unknown.</summary>
    public const uint BadTcpSecureChannelUnknown = 0x807F0000;
    /// <summary>Bad Secure Channel Closed.</summary>
    public const uint BadSecureChannelClosed = 0x80860000;
    /// <summary>Bad Secure Channel Token Unknown.</summary>
    public const uint BadSecureChannelTokenUnknown = 0x80870000;
    /// <summary>Bad Request Timeout.</summary>
    public const uint BadRequestTimeout = 0x80850000;
    /// <summary>Bad Not Connected.</summary>
    public const uint BadNotConnected = 0x808A0000;
    /// <summary>Bad Device Failure.</summary>
    public const uint BadDeviceFailure = 0x808B0000;
    /// <summary>Bad Sensor Failure.</summary>
    public const uint BadSensorFailure = 0x808C0000;
    /// <summary>Bad Out Of Service.</summary>
    public const uint BadOutOfService = 0x808D0000;
    /// <summary>Bad No Match.</summary>
    public const uint BadNoMatch = 0x806F0000;
    /// <summary>Bad Connection Closed.</summary>
    public const uint BadConnectionClosed = 0x80AE0000;
    /// <summary>Bad Not Supported.</summary>
    public const uint BadNotSupported = 0x803D0000;
    /// <summary>Bad Out Of Range.</summary>
    public const uint BadOutOfRange = 0x803C0000;
    /// <summary>Bad Type Mismatch.</summary>
    public const uint BadTypeMismatch = 0x80740000;
    /// <summary>Bad Index Range No Data.</summary>
    public const uint BadIndexRangeNoData = 0x80370000;

    private const string Symbols =
        "BadUnexpectedError 80010000;BadInternalError 80020000;BadOutOfMemory 80030000;BadResourceUnavailable 80040000;BadCommunicationError 80050000;BadEncodingError 80060000;" +
        "BadDecodingError 80070000;BadEncodingLimitsExceeded 80080000;BadRequestTooLarge 80B80000;BadResponseTooLarge 80B90000;BadUnknownResponse 80090000;BadTimeout 800A0000;" +
        "BadServiceUnsupported 800B0000;BadShutdown 800C0000;BadServerNotConnected 800D0000;BadServerHalted 800E0000;BadNothingToDo 800F0000;BadTooManyOperations 80100000;" +
        "BadTooManyMonitoredItems 80DB0000;BadDataTypeIdUnknown 80110000;BadCertificateInvalid 80120000;BadSecurityChecksFailed 80130000;BadCertificateTimeInvalid 80140000;" +
        "BadCertificateIssuerTimeInvalid 80150000;BadCertificateHostNameInvalid 80160000;BadCertificateUriInvalid 80170000;BadCertificateUseNotAllowed 80180000;" +
        "BadCertificateIssuerUseNotAllowed 80190000;BadCertificateUntrusted 801A0000;BadCertificateRevocationUnknown 801B0000;BadCertificateRevoked 801D0000;" +
        "BadUserAccessDenied 801F0000;BadIdentityTokenInvalid 80200000;BadIdentityTokenRejected 80210000;BadSecureChannelIdInvalid 80220000;BadInvalidTimestamp 80230000;" +
        "BadNonceInvalid 80240000;BadSessionIdInvalid 80250000;BadSessionClosed 80260000;BadSessionNotActivated 80270000;BadSubscriptionIdInvalid 80280000;" +
        "BadRequestHeaderInvalid 802A0000;BadTimestampsToReturnInvalid 802B0000;BadRequestCancelledByClient 802C0000;BadNoCommunication 80310000;BadWaitingForInitialData 80320000;" +
        "BadNodeIdInvalid 80330000;BadNodeIdUnknown 80340000;BadAttributeIdInvalid 80350000;BadIndexRangeInvalid 80360000;BadIndexRangeNoData 80370000;" +
        "BadDataEncodingInvalid 80380000;BadNotReadable 803A0000;BadNotWritable 803B0000;BadOutOfRange 803C0000;BadNotSupported 803D0000;BadNotFound 803E0000;" +
        "BadObjectDeleted 803F0000;BadNotImplemented 80400000;BadMonitoringModeInvalid 80410000;BadMonitoredItemIdInvalid 80420000;BadMonitoredItemFilterInvalid 80430000;" +
        "BadMonitoredItemFilterUnsupported 80440000;BadFilterNotAllowed 80450000;BadContinuationPointInvalid 804A0000;BadNoContinuationPoints 804B0000;" +
        "BadReferenceTypeIdInvalid 804C0000;BadBrowseDirectionInvalid 804D0000;BadNodeNotInView 804E0000;BadServerUriInvalid 804F0000;BadServerNameMissing 80500000;" +
        "BadSecurityModeRejected 80540000;BadSecurityPolicyRejected 80550000;BadTooManySessions 80560000;BadUserSignatureInvalid 80570000;BadApplicationSignatureInvalid 80580000;" +
        "BadNoValidCertificates 80590000;BadRequestCancelledByRequest 805A0000;BadViewIdUnknown 806B0000;BadTooManySubscriptions 80770000;BadTooManyPublishRequests 80780000;" +
        "BadNoSubscription 80790000;BadSequenceNumberUnknown 807A0000;BadMessageNotAvailable 807B0000;BadInsufficientClientProfile 807C0000;BadTcpServerTooBusy 807D0000;" +
        "BadTcpMessageTypeInvalid 807E0000;BadTcpSecureChannelUnknown 807F0000;BadTcpMessageTooLarge 80800000;BadTcpNotEnoughResources 80810000;BadTcpInternalError 80820000;" +
        "BadTcpEndpointUrlInvalid 80830000;BadRequestInterrupted 80840000;BadRequestTimeout 80850000;BadSecureChannelClosed 80860000;BadSecureChannelTokenUnknown 80870000;" +
        "BadSequenceNumberInvalid 80880000;BadProtocolVersionUnsupported 80BE0000;BadConfigurationError 80890000;BadNotConnected 808A0000;BadDeviceFailure 808B0000;" +
        "BadSensorFailure 808C0000;BadOutOfService 808D0000;BadDeadbandFilterInvalid 808E0000;BadNoMatch 806F0000;BadTooManyMatches 806D0000;BadTypeMismatch 80740000;" +
        "BadInvalidState 80AF0000;BadConnectionRejected 80AC0000;BadDisconnect 80AD0000;BadConnectionClosed 80AE0000;BadInvalidArgument 80AB0000;BadTooManyArguments 80E50000;" +
        "BadWriteNotSupported 80730000;UncertainInitialValue 40920000;UncertainSubstituteValue 40910000;UncertainLastUsableValue 40900000;UncertainSensorNotAccurate 40930000;" +
        "UncertainEngineeringUnitsExceeded 40940000;UncertainSubNormal 40950000;UncertainNoCommunicationLastUsableValue 408F0000;GoodSubscriptionTransferred 002D0000;" +
        "GoodClamped 00300000;GoodOverload 002F0000;GoodLocalOverride 00960000;GoodCompletesAsynchronously 002E0000;";

    private static readonly FrozenDictionary<uint, string> _names = Symbols.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(' '))
        .ToFrozenDictionary(s => uint.Parse(s[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), s => s[0]);

    /// <summary>The symbol of a code without its info bits, or null where it is not among these.</summary>
    internal static string? NameOf(uint code) => code == 0 ? "Good" : _names.GetValueOrDefault(code);
}
