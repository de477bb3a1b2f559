#!/usr/bin/env bash
# Makes the pictures of the README again: of the page that the native binary serves in its demo, after it has run long enough for charts to show something.
#
#   docs/images/make.sh [MINUTES]      by default 30
#
# Needs what the browser tests need (./test.sh Dashboard sets it up), a font with Chinese, and the binary of `./publish.sh` or ./test.sh in artifacts/aot.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=${1:-30}
binary=artifacts/aot/$(case $(uname -m) in x86_64) echo linux-x64 ;; aarch64) echo linux-arm64 ;; esac)/edgegateway
[[ -x $binary ]] || { echo "missing: $binary; ./publish.sh makes it" >&2; exit 66; }
log=$(mktemp)
"$binary" demo --page 0 </dev/null >"$log" 2>&1 &
demo=$!
trap 'kill $demo 2>/dev/null; rm -f "$log"' EXIT
until page=$(sed -n 's/.*The page: \(http[^ ]*\).*/\1/p' "$log" | head -n 1) && [[ -n $page ]]; do
    kill -0 $demo || { cat "$log"; exit 1; }
    sleep 1
done
echo "$page runs; the pictures are taken in $minutes minutes"
sleep "${minutes}m"
node tests/EdgeGateway.Dashboard.Tests/browser/shots.js "$page" docs/images
ls -l docs/images
