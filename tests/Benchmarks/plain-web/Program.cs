// The least web application there is, Native AOT: what the gateway's footprint is compared with. Published by bench.sh.
#:sdk Microsoft.NET.Sdk.Web
#:property AssemblyName=plain-web
#:property InvariantGlobalization=true
#:property GenerateDocumentationFile=false
var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder(args);
var app = builder.Build();
app.MapGet("/healthz", () => "alive");
app.Run();
