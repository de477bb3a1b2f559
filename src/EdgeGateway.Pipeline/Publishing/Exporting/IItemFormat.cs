using System.Buffers;

namespace EdgeGateway.Pipeline.Publishing.Exporting;

/// <summary>A form in which items of the log are written to a file: mostly the one in which a kind of publisher sends them. Registered once, in the executable.</summary>
public interface IItemFormat
{
    /// <summary>Its word on the command line, such as <c>json</c>.</summary>
    string Word { get; }

    /// <summary>What it is, a few words for the command line's help.</summary>
    string Doc { get; }

    /// <summary>Makes a writer.</summary>
    /// <param name="setup">What it writes, and where to.</param>
    /// <exception cref="PayloadException">This form cannot hold these streams together.</exception>
    IItemWriter Create(ItemFormatSetup setup);
}

/// <summary>What a writer of items is given.</summary>
/// <param name="GatewayId">Name of the box that measured.</param>
/// <param name="Names">Names behind persisted ids.</param>
/// <param name="Streams">What will be written.</param>
/// <param name="Measurement">What the names of measurements begin with, where the form has such.</param>
/// <param name="Output">Where it goes; the caller's, who takes away what is written between two items.</param>
public sealed record ItemFormatSetup(string GatewayId, INames Names, IReadOnlyList<RecordStream> Streams, string Measurement, IBufferWriter<byte> Output);

/// <summary>Writes items one after the other. Not thread-safe.</summary>
public interface IItemWriter
{
    /// <summary>Writes an item, whole or not at all.</summary>
    /// <exception cref="PayloadException">It cannot be stated truthfully in this form.</exception>
    void Write(PublishItem item);
}
