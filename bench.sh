#!/usr/bin/env bash
# Builds Release and prints figures: `name value unit | peer value | ratio`, ratios from interleaved pairs of one run.
#
#   ./bench.sh            lists and runs all
#   ./bench.sh NAME…      runs these
#   ./bench.sh --list     lists
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
# What compares whole processes runs the gateway as it is shipped, beside Node-RED in one case.
binary=no node_red=no plain=no
if [[ $# -eq 0 ]]; then binary=yes node_red=yes plain=yes; fi
for name in "$@"; do
    case $name in
        end-to-end) binary=yes node_red=yes ;;
        scale | opcua | tap) binary=yes ;;
        footprint) binary=yes plain=yes ;;
    esac
done
if [[ $binary == yes ]]; then
    rid=$(case $(uname -m) in aarch64) echo linux-arm64 ;; *) echo linux-x64 ;; esac)
    dotnet publish src/EdgeGateway -c Release -r "$rid" -o "artifacts/aot/$rid" -p:PublishAot=true -p:TrimmerSingleWarn=false -nologo -v quiet -clp:ErrorsOnly >&2
fi
if [[ $plain == yes ]]; then dotnet publish tests/Benchmarks/plain-web/Program.cs -c Release -o artifacts/bench/plain-web -nologo -v quiet >&2; fi
if [[ $# -eq 0 || " $* " == *" opcua "* ]]; then npm ci --prefix tests/EdgeGateway.Peers/opcua --silent >&2; fi
if [[ $node_red == yes ]]; then npm ci --prefix tests/Benchmarks/node-red --ignore-scripts --omit=optional --silent >&2; fi
dotnet build tests/Benchmarks -c Release -nologo -v quiet -clp:ErrorsOnly >&2
exec tests/Benchmarks/bin/Release/net10.0/Benchmarks "$@"
