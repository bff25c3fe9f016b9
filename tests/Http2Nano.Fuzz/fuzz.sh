#!/bin/sh
# fuzz.sh TARGET TIME [FOLDER]: fuzzes a target for a time that sleep(1) understands, in seconds, minutes (m) or hours (h).
set -eu
target=${1:?target}
time=${2:?time}
here=$(cd "$(dirname "$0")" && pwd)
folder=${3:-/tmp/http2nano-fuzz}
mkdir -p "$folder"
rm -rf "$folder/bin" "$folder/findings"
dotnet publish "$here/Http2Nano.Fuzz.csproj" -c Release -o "$folder/bin" -p:ArtifactsPath="$folder/artifacts/"
"${SHARPFUZZ:-sharpfuzz}" "$folder/bin/Http2Nano.dll"
"${SHARPFUZZ:-sharpfuzz}" "$folder/bin/Http2Nano.Fuzz.Boards.dll"
"$folder/bin/Http2Nano.Fuzz" "$target" seeds "$folder/seeds"
export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1
export DOTNET_TieredPGO=0
case $time in
  *h) seconds=$((${time%h} * 3600)) ;;
  *m) seconds=$((${time%m} * 60)) ;;
  *) seconds=${time%s} ;;
esac
exec nice -n 19 afl-fuzz -V "$seconds" -t 10000 -m none -i "$folder/seeds" -o "$folder/findings" -- "$folder/bin/Http2Nano.Fuzz" "$target"
