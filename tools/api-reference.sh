#!/usr/bin/env bash
# Makes the API reference of the sources' comments, with docfx: artifacts/api/site. bash tools/api-reference.sh [--no-build]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
if [ "${1:-}" != --no-build ]; then
  dotnet build tools/Http2Nano.Development/Http2Nano.Development.csproj -c Release --nologo -v quiet
fi

dotnet tool restore >/dev/null
rm -rf artifacts/api
dotnet docfx tools/ApiReference/docfx.json --logLevel warning --warningsAsErrors
printf '%s\n' "artifacts/api/site/index.html"
