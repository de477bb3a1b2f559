using System.Text.Json;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>Points by their path.</summary>
internal static class PointText
{
    private const int UsualLength = 256;

    /// <summary>Writes the member <c>point</c>: <c>device.point</c>, or null where no map names it any more.</summary>
    public static void Write(Utf8JsonWriter w, PointName? point)
    {
        if (point is null)
        {
            w.WriteNull("point"u8);
            return;
        }
        var length = point.Device.Length + 1 + point.Name.Length;
        if (length > UsualLength)
        {
            w.WriteString("point"u8, point.Path);
            return;
        }
        Span<char> path = stackalloc char[UsualLength];
        point.Device.CopyTo(path);
        path[point.Device.Length] = '.';
        point.Name.CopyTo(path[(point.Device.Length + 1)..]);
        w.WriteString("point"u8, path[..length]);
    }
}
