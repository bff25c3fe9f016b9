#!/usr/bin/env bash
# Makes the packages of this clone: bash tools/feed.sh FOLDER [options of dotnet pack]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
feed=${1:?Name a folder for the packages.}
shift
for project in src/Http2Nano tools/Http2Nano.Packing tools/Http2Nano.Development tools/Http2Nano.Cli tools/Http2Nano.Templates; do
  dotnet pack "$root/$project/$(basename "$project").csproj" -c Release -o "$feed" --nologo -v quiet "$@"
done
