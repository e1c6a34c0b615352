using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Catalog;

/// <summary>
/// The tables that say which series, fields and layouts the ids in a file mean. The log and the chunks each hold their own copy, written in the
/// transaction that first needs it, so that each file can be read when the other is lost. One thread at a time.
/// </summary>
internal sealed class CatalogTables : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS fields(id INTEGER PRIMARY KEY, measurement TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS layouts(id INTEGER PRIMARY KEY, fields BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS series(id INTEGER PRIMARY KEY, key BLOB NOT NULL, origin TEXT NOT NULL, layout INTEGER NOT NULL, form INTEGER NOT NULL DEFAULT 0);
        """;

    /// <summary>Every so many series one has its whole key, so that damage to one does not go far.</summary>
    private const int WholeKeyEvery = 64;

    private const int Whole = 0;
    private const int Difference = 1;

    private readonly Statement _field;
    private readonly Statement _layout;
    private readonly Statement _series;
    private readonly Statement _deleteField;
    private readonly Statement _deleteLayout;
    private readonly Statement _deleteSeries;
    private readonly ByteWriter _ids = new();
    private readonly ByteWriter _difference = new();
    private ByteWriter _key = new();
    private ByteWriter _previousKey = new();

    public CatalogTables(Database database)
    {
        _field = database.Prepare("INSERT OR REPLACE INTO fields(id, measurement, name, kind) VALUES(?, ?, ?, ?)");
        _layout = database.Prepare("INSERT OR REPLACE INTO layouts(id, fields) VALUES(?, ?)");
        _series = database.Prepare("INSERT OR REPLACE INTO series(id, key, origin, layout, form) VALUES(?, ?, ?, ?, ?)");
        _deleteField = database.Prepare("DELETE FROM fields WHERE id = ?");
        _deleteLayout = database.Prepare("DELETE FROM layouts WHERE id = ?");
        _deleteSeries = database.Prepare("DELETE FROM series WHERE id = ?");
    }

    /// <summary>Makes the tables, or brings those of an older version up to date.</summary>
    public static void Create(Database database)
    {
        database.ExecuteScript(Schema);
        if (database.Scalar("SELECT count(*) FROM pragma_table_info('series') WHERE name = 'form'") == 0)
        {
            database.Execute("ALTER TABLE series ADD COLUMN form INTEGER NOT NULL DEFAULT 0");
        }
    }

    /// <summary>Writes changes; the caller has a transaction open.</summary>
    public void Save(CatalogChanges changes)
    {
        foreach (var field in changes.Fields)
        {
            _field.Bind(1, field.Id).Bind(2, field.Measurement).Bind(3, field.Name).Bind(4, (long)field.Kind).Run();
        }

        foreach (var layout in changes.Layouts)
        {
            _ids.Clear();
            foreach (var field in layout.Fields)
            {
                _ids.Varint((ulong)field.Id);
            }

            _layout.Bind(1, layout.Id).Bind(2, _ids.Written).Run();
        }

        Series? previous = null;
        foreach (var series in changes.Series.Where(series => !series.IsForgotten))
        {
            (_key, _previousKey) = (_previousKey, _key);
            _key.Clear();
            series.WriteKey(_key);
            var form = previous is not null && series.Id == previous.Id + 1 && series.Id % WholeKeyEvery != 0 ? Difference : Whole;
            _series.Bind(1, series.Id).Bind(2, form == Difference ? DifferenceFromPrevious() : _key.Written).Bind(3, series.OriginName).Bind(4, series.Layout.Id).Bind(5, form).Run();
            previous = series;
        }

        changes.Gone.ForEach(series => _deleteSeries.Bind(1, series.Id).Run());
        changes.GoneLayouts.ForEach(layout => _deleteLayout.Bind(1, layout.Id).Run());
        changes.GoneFields.ForEach(field => _deleteField.Bind(1, field.Id).Run());
    }

    public static CatalogContent Load(Database database, SeriesIndex index)
    {
        var content = new CatalogContent();
        using var fields = database.Prepare("SELECT id, measurement, name, kind FROM fields ORDER BY id");
        while (fields.Step())
        {
            content.Fields.Add((int)fields.Long(0));
            index.RestoreField((int)fields.Long(0), fields.Text(1), fields.Text(2), (FieldKind)fields.Long(3));
        }

        using var layouts = database.Prepare("SELECT id, fields FROM layouts ORDER BY id");
        while (layouts.Step())
        {
            content.Layouts.Add((int)layouts.Long(0));
            index.RestoreLayout((int)layouts.Long(0), FieldIds(layouts.Blob(1)));
        }

        LoadSeries(database, index, content);
        return content;
    }

    private static void LoadSeries(Database database, SeriesIndex index, CatalogContent content)
    {
        using var series = database.Prepare("SELECT id, key, origin, layout, form FROM series ORDER BY id");
        var keys = new CatalogKeys();
        while (series.Step())
        {
            var id = (int)series.Long(0);

            // What cannot be read is left to the other file's catalog, and written here again.
            if (keys.TryRead(id, series.Blob(1), isDifference: series.Long(4) == Difference, out var key))
            {
                content.Series.Add(id, (int)series.Long(3));
                index.RestoreSeries(id, key, series.Text(2), (int)series.Long(3));
            }
        }
    }

    private ReadOnlySpan<byte> DifferenceFromPrevious()
    {
        _difference.Clear();
        KeyDifference.Write(_key.Written, _previousKey.Written, _difference);
        return _difference.Written;
    }

    public void Dispose()
    {
        _field.Dispose();
        _layout.Dispose();
        _series.Dispose();
        _deleteField.Dispose();
        _deleteLayout.Dispose();
        _deleteSeries.Dispose();
    }

    private static List<int> FieldIds(ReadOnlySpan<byte> blob)
    {
        var ids = new List<int>();
        var input = new ByteReader(blob);
        while (input.Remaining > 0)
        {
            ids.Add(input.Count(int.MaxValue));
        }

        return ids;
    }
}
