using System.Buffers;
using System.Text;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Exporting;
using EdgeGateway.PointTables;

namespace EdgeGateway.Exporting;

/// <summary>A table for spreadsheets, one stream a file: UTF-8 with the mark that Excel needs, the first row names the columns.</summary>
internal sealed class CsvTable : IItemFormat
{
    public string Word => "csv";

    public string Doc => "a table for spreadsheets, one stream a file";

    public IItemWriter Create(ItemFormatSetup setup)
    {
        if (setup.Streams is not [var stream]) throw new PayloadException("A table has one kind of rows: write one of records, telemetry, events to --streams.");
        setup.Output.Write(Encoding.UTF8.Preamble);
        return stream switch
        {
            RecordStream.Records => new Writer(setup.Output, CsvRecords.Columns, item => CsvRecords.Rows(setup, ((RecordItem)item).Record)),
            RecordStream.Telemetry => new Writer(setup.Output, CsvSamples.Columns, item => CsvSamples.Rows(setup, (TelemetryItem)item)),
            _ => new Writer(setup.Output, CsvEvents.Columns, item => CsvEvents.Rows(setup, (EventItem)item)),
        };
    }

    private sealed class Writer : IItemWriter
    {
        private readonly IBufferWriter<byte> _output;
        private readonly Func<PublishItem, IReadOnlyList<string[]>> _rows;

        public Writer(IBufferWriter<byte> output, string[] columns, Func<PublishItem, IReadOnlyList<string[]>> rows)
        {
            (_output, _rows) = (output, rows);
            Row(columns);
        }

        public void Write(PublishItem item)
        {
            foreach (var row in _rows(item)) Row(row);
        }

        private void Row(string[] cells) => Encoding.UTF8.GetBytes(CsvText.Row(cells), _output);
    }
}
