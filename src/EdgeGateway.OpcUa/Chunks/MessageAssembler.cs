using System.Buffers;

namespace EdgeGateway.OpcUa.Chunks;

/// <summary>Puts the chunks of a message together, within limits of a message and of all unfinished messages together. Buffers are pooled and given back on every path (CVE-2024-33862).</summary>
/// <param name="maxMessage">Most bytes of a message, and of all unfinished ones together.</param>
/// <param name="maxChunks">Most chunks of a message.</param>
public sealed class MessageAssembler(int maxMessage, int maxChunks) : IDisposable
{
    private const int MaxPartials = 16;
    private readonly List<Partial> _partials = [];
    private byte[]? _done;
    private int _held;

    /// <summary>Bytes held for unfinished messages.</summary>
    public int Held => _held;

    /// <summary>Adds a chunk's body.</summary>
    /// <param name="requestId">Whose answer it is.</param>
    /// <param name="final">The last one.</param>
    /// <param name="body">Its content.</param>
    /// <param name="message">The whole message where it is complete; valid until the next call.</param>
    /// <returns>False where a limit is passed: the channel must be closed, because its peer breaks what was agreed.</returns>
    public bool TryAdd(uint requestId, bool final, ReadOnlySpan<byte> body, out ReadOnlySpan<byte> message)
    {
        message = default;
        GiveBackDone();
        var index = IndexOf(requestId);
        if (index < 0 && final)
        {
            message = body;
            return body.Length <= maxMessage;
        }
        if (index < 0)
        {
            if (_partials.Count == MaxPartials) return false;
            _partials.Add(new Partial(requestId, ArrayPool<byte>.Shared.Rent(Math.Max(256, body.Length * 2)), 0, 0));
            index = _partials.Count - 1;
        }
        var partial = _partials[index];
        if (partial.Chunks == maxChunks || _held + body.Length > maxMessage) return false;
        if (partial.Buffer.Length - partial.Length < body.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(partial.Buffer.Length * 2, partial.Length + body.Length));
            partial.Buffer.AsSpan(0, partial.Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(partial.Buffer);
            partial = partial with { Buffer = larger };
        }
        body.CopyTo(partial.Buffer.AsSpan(partial.Length));
        _held += body.Length;
        partial = partial with { Length = partial.Length + body.Length, Chunks = partial.Chunks + 1 };
        _partials[index] = partial;
        if (!final) return true;
        _partials.RemoveAt(index);
        _held -= partial.Length;
        _done = partial.Buffer;
        message = partial.Buffer.AsSpan(0, partial.Length);
        return true;
    }

    /// <summary>Drops an unfinished message.</summary>
    public void Drop(uint requestId)
    {
        var index = IndexOf(requestId);
        if (index < 0) return;
        _held -= _partials[index].Length;
        ArrayPool<byte>.Shared.Return(_partials[index].Buffer);
        _partials.RemoveAt(index);
    }

    /// <summary>Gives all buffers back.</summary>
    public void Dispose()
    {
        GiveBackDone();
        foreach (var partial in _partials) ArrayPool<byte>.Shared.Return(partial.Buffer);
        _partials.Clear();
        _held = 0;
    }

    private int IndexOf(uint requestId)
    {
        for (var i = 0; i < _partials.Count; i++)
        {
            if (_partials[i].RequestId == requestId) return i;
        }
        return -1;
    }

    private void GiveBackDone()
    {
        if (_done is null) return;
        ArrayPool<byte>.Shared.Return(_done);
        _done = null;
    }

    private readonly record struct Partial(uint RequestId, byte[] Buffer, int Length, int Chunks);
}
