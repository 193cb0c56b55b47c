using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace VPythonTools.Lsp.Transport;

/// <summary>
/// Messages with the headers of the Language Server Protocol. Unlike the library's own reader it has limits, and tells a message that is no JSON, behind which the next
/// one can be read, from headers that are none, behind which nothing can.
/// </summary>
internal sealed class MessageHandler : PipeMessageHandler
{
    /// <summary>How many bytes a message can have.</summary>
    public const int LargestMessage = 64 << 20;

    /// <summary>How many bytes the headers of a message can have.</summary>
    public const int LargestHeaders = 4096;

    private readonly ArrayBufferWriter<byte> _content = new();

    /// <summary>Messages over two pipes.</summary>
    public MessageHandler(PipeWriter writer, PipeReader reader, IJsonRpcMessageFormatter formatter)
        : base(writer, reader, formatter)
    {
    }

    private static ReadOnlySpan<byte> LengthHeader => "content-length"u8;

    /// <inheritdoc/>
    /// <exception cref="UnreadableMessageException">A message that is no JSON-RPC; the next one can be read.</exception>
    /// <exception cref="BadImageFormatException">Headers that are none: nobody knows where the next message would start.</exception>
    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        if (await ReadHeadersAsync(cancellationToken).ConfigureAwait(false) is not { } length) return null;
        if (length == 0) throw new UnreadableMessageException(new JsonException("the message is empty"));
        ReadResult result = await ReadAtLeastAsync(length, allowEmpty: false, cancellationToken).ConfigureAwait(false);
        // The formatter reads arguments when they are asked for, and the pipe's memory is gone then.
        byte[] content = result.Buffer.Slice(0, length).ToArray();
        Reader!.AdvanceTo(result.Buffer.GetPosition(length));
        try
        {
            return Formatter.Deserialize(new(content));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new UnreadableMessageException(exception);
        }
    }

    /// <inheritdoc/>
    protected override void Write(JsonRpcMessage content, CancellationToken cancellationToken)
    {
        _content.ResetWrittenCount();
        Formatter.Serialize(_content, content);
        Span<byte> header = Writer!.GetSpan(64);
        "Content-Length: "u8.CopyTo(header);
        int length = "Content-Length: "u8.Length;
        Utf8Formatter.TryFormat(_content.WrittenCount, header[length..], out int digits);
        length += digits;
        "\r\n\r\n"u8.CopyTo(header[length..]);
        Writer.Advance(length + 4);
        Writer.Write(_content.WrittenSpan);
        // What a large answer needed is not kept for small ones.
        if (_content.Capacity > 1 << 20) _content.Clear();
    }

    /// <summary>The length of the next message; null at the end of the input.</summary>
    private async ValueTask<int?> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        int? length = null;
        int total = 0;
        while (true)
        {
            ReadResult result = await Reader!.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is not { } end)
            {
                bool isTooLong = total + buffer.Length > LargestHeaders;
                Reader.AdvanceTo(buffer.Start, buffer.End);
                if (isTooLong) throw new BadImageFormatException($"the headers are longer than {LargestHeaders} bytes");
                if (!result.IsCompleted) continue;
                if (buffer.IsEmpty && total == 0) return null;
                throw new EndOfStreamException();
            }
            ReadOnlySequence<byte> line = buffer.Slice(0, end);
            byte[] text = line.ToArray();
            Reader.AdvanceTo(buffer.GetPosition(1, end));
            total += text.Length + 1;
            if (total > LargestHeaders) throw new BadImageFormatException($"the headers are longer than {LargestHeaders} bytes");
            ReadOnlySpan<byte> header = text.AsSpan().TrimEnd((byte)'\r');
            if (!header.IsEmpty)
            {
                length = ReadHeader(header) ?? length;
                continue;
            }
            return length ?? throw new BadImageFormatException("there is no Content-Length header");
        }
    }

    private static int? ReadHeader(ReadOnlySpan<byte> header)
    {
        int colon = header.IndexOf((byte)':');
        if (colon <= 0) throw new BadImageFormatException($"'{Show(header)}' is no header");
        if (!Ascii.EqualsIgnoreCase(header[..colon].Trim(" \t"u8), LengthHeader)) return null;
        ReadOnlySpan<byte> value = header[(colon + 1)..].Trim(" \t"u8);
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long length)) throw new BadImageFormatException($"the Content-Length '{Show(value)}' is no number");
        if (length > LargestMessage) throw new BadImageFormatException($"a message has {length} bytes, and at most {LargestMessage} are read");
        return (int)length;
    }

    private static string Show(ReadOnlySpan<byte> bytes) => string.Concat(Encoding.Latin1.GetString(bytes.Length > 80 ? bytes[..80] : bytes).Select(static character => char.IsControl(character) ? '?' : character));
}
