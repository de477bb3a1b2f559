using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Options;

public static partial class MapOptions
{
    /// <summary>Every place of a template's file with the options that may stand there.</summary>
    public static IReadOnlyList<MapSection> TemplateSections =>
    [
        new("", "The parts of a template's file.", TemplateFile.Table),
        new("template", TemplateFile.Template.Doc, Template.Table),
        new("template.parameters.NAME", Template.Parameters.Doc, TemplateParameter.Table),
    ];

    /// <summary>The parts of a template's file.</summary>
    public static class TemplateFile
    {
        /// <summary>About the template.</summary>
        public static Option<MapTable> Template { get; } = OptionOf.Table("template", "table", "What the device is, and where its registers are known from.", required: true);

        /// <summary>Options of the device.</summary>
        public static Option<MapTable> Device { get; } = OptionOf.Table("device", "table", "Options of the device, as in a map; the map's own lie over them.");

        /// <summary>Its points.</summary>
        public static Option<MapTable> Points { get; } = OptionOf.Table("points", "table of names", "Points of the device, as in a map; the map's own lie over them.", required: true);

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("template's file", [Template, Device, Points]);
    }

    /// <summary>About a template.</summary>
    public static class Template
    {
        /// <summary>What the device is.</summary>
        public static Option<string> Title { get; } = OptionOf.Text("title", "What the device is, for people.", required: true, check: t => t.Length == 0 ? "the title is empty." : null);

        /// <summary>Drivers it can be read by.</summary>
        public static Option<IReadOnlyList<string>> Drivers { get; } = OptionOf.Texts("drivers", "Drivers that it can be read by; modbus stands for all that begin so, such as modbus_tcp and modbus_rtu.", required: true);

        /// <summary>Side of the transformers.</summary>
        public static Option<string> Values { get; } = OptionOf.Choice<string>("values",
            "Side of the instrument transformers that its values are of: secondary ones are multiplied by CT × PT; none where there are no transformers.",
            [("primary", "primary"), ("secondary", "secondary"), ("unknown", "unknown"), ("none", "none")], required: true);

        /// <summary>Where its registers are known from.</summary>
        public static Option<string> Source { get; } = OptionOf.Text("source", "Where its registers are known from.", required: true, check: t => t.Length == 0 ? "the source is empty." : null);

        /// <summary>Compared with a real device.</summary>
        public static Option<bool> Verified { get; } = OptionOf.Boolean("verified", "True where every point was compared with a real device's display.", @default: false);

        /// <summary>What the map must supply.</summary>
        public static Option<MapTable> Parameters { get; } = OptionOf.Table("parameters", "table of names", "What a map may or must supply; used as $(name), and with + and * between names and numbers.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("template", [Title, Drivers, Values, Source, Verified, Parameters]);
    }

    /// <summary>A parameter of a template.</summary>
    public static class TemplateParameter
    {
        /// <summary>What it is.</summary>
        public static Option<string> Doc { get; } = OptionOf.Text("doc", "What it is, one sentence.", required: true);

        /// <summary>Its value where the map gives none.</summary>
        public static Option<string> Default { get; } = OptionOf.Text("default", "Its value where the map gives none; without it the map must.");

        /// <summary>All of them.</summary>
        public static OptionTable Table { get; } = new("template parameter", [Doc, Default]);
    }
}
