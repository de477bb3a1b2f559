#!/usr/bin/env bash
# Builds Release and prints figures: `name value unit | peer value | ratio`, ratios from interleaved pairs of one run.
#
#   ./bench.sh            lists and runs all
#   ./bench.sh NAME…      runs these
#   ./bench.sh --list     lists
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
dotnet build tests/Benchmarks -c Release -nologo -v quiet -clp:ErrorsOnly >&2
exec tests/Benchmarks/bin/Release/net10.0/Benchmarks "$@"
