using Architecture.Tests.Tree;

namespace Architecture.Tests.Rules;

/// <summary>The bar every project of the product is compiled under, as the build evaluates it.</summary>
internal static class BuildRule
{
    public static IEnumerable<string> Broken(Evaluation seen)
    {
        if (Of("Nullable") != "enable") yield return $"{seen.Project} does not enable nullable";
        if (Of("TreatWarningsAsErrors") != "true") yield return $"{seen.Project} lets warnings pass";
        if (Of("PublishAot") == "true") yield return $"{seen.Project} asks for the AOT compiler in a plain build";
        if (Of("PackageLicenseExpression") != "Apache-2.0") yield return $"{seen.Project} is licensed under '{Of("PackageLicenseExpression")}'";
        if (!seen.AnalyzerFiles.Contains("BannedSymbols.txt")) yield return $"{seen.Project} is compiled without the banned symbols";
        if (Of("Floor") is "0" or "1" && !seen.AnalyzerFiles.Contains("BannedSymbols.PureFloors.txt")) yield return $"{seen.Project} is compiled without the banned symbols of the pure floors";
        if (seen.Project.StartsWith("src/", StringComparison.Ordinal) && Of("IsAotCompatible") != "true") yield return $"{seen.Project} is compiled without AOT analysis";

        string Of(string property) => seen.Settings.GetValueOrDefault(property, "");
    }
}
