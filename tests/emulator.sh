#!/usr/bin/env bash
# Runs the unit tests in the platform's own interpreter: bash tests/emulator.sh [ROOM...]
#
# ROOM is Hpack, Http2, Http1, Routing or Dashboard; without one, all of them. Ends with the line "N passed, N failed".
# Exit code: 0 all passed, 1 not, 2 wrong use, 77 the platform's tools are not here.
#
# Two ways:
# - On Windows with the nanoFramework extension of Visual Studio (a Developer PowerShell's msbuild, nuget) and the tool
#   nanoclr (dotnet tool install --global nanoclr): the device projects are built and run as the extension does.
# - Anywhere with a build of the public sources, named by three variables:
#     NANOCLR   the command that runs .pe files, with its options: the interpreter's POSIX target (nanoframework/nf-interpreter)
#     NANO_MDP  the metadata processor, a .dll for dotnet or a program (nanoframework/metadata-processor)
#     NANO_LIB  a folder with the .dll and .pe of the platform's libraries and of its test framework, at any depth:
#               a folder of restored packages will do
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

rooms=(Hpack Http2 Http1 Routing Dashboard Smallest)
# Dependencies before what depends on them: static constructors run in this order.
libraries=(mscorlib nanoFramework.Runtime.Native nanoFramework.System.Collections nanoFramework.System.Text nanoFramework.Runtime.Events
  System.Threading System.IO.Streams System.Net nanoFramework.TestFramework nanoFramework.UnitTestLauncher)
output="$PWD/artifacts/emulator"
missing=

say() { printf '%s\n' "$*"; }

stop() {
  say "$2" >&2
  exit "$1"
}

# The first file of a name below NANO_LIB.
library() {
  find -L "$NANO_LIB" -type f \( -name "$1.$2" -o -name "$1.${3:-$2}" \) -print 2>/dev/null | sort | head -n 1
}

choose_tools() {
  if [ -n "${NANOCLR:-}${NANO_MDP:-}${NANO_LIB:-}" ]; then
    local variable name
    for variable in NANOCLR NANO_MDP NANO_LIB; do
      [ -n "${!variable:-}" ] || stop 77 "$variable is not set, and the tests need NANOCLR, NANO_MDP and NANO_LIB together: the first lines of tests/emulator.sh say what they name."
    done
    command -v ${NANOCLR%% *} >/dev/null || stop 77 "NANOCLR names ${NANOCLR%% *}, which is no program here."
    [ -f "$NANO_MDP" ] || stop 77 "NANO_MDP names $NANO_MDP, which is no file here."
    for name in "${libraries[@]}"; do
      [ -n "$(library "$name" pe)" ] || missing="$missing $name.pe"
    done
    [ -z "$missing" ] || stop 77 "NANO_LIB names $NANO_LIB, where these are missing:$missing."
    way=sources
  elif command -v nanoclr >/dev/null && command -v msbuild >/dev/null && command -v nuget >/dev/null; then
    way=extension
  else
    stop 77 "The platform's emulator is not here: install the nanoFramework extension of Visual Studio and 'dotnet tool install --global nanoclr' (Windows), or set NANOCLR, NANO_MDP and NANO_LIB to builds of the public sources as the first lines of tests/emulator.sh say."
  fi
}

# convert FOLDER NAME: FOLDER/NAME.dll as the interpreter reads it.
convert() {
  local log hints=() name file
  log="$output/convert.log"
  for name in "${libraries[@]}"; do
    file=$(library "$name" dll exe)
    [ -n "$file" ] && hints+=(-loadHints "$name" "$file")
  done
  for file in "$1"/*.dll; do
    name=$(basename "$file" .dll)
    [ "$name" = "$2" ] || [ -n "$(library "$name" pe)" ] || hints+=(-loadHints "$name" "$file")
  done
  local processor=("$NANO_MDP")
  [ "${NANO_MDP##*.}" = dll ] && processor=(dotnet "$NANO_MDP")
  rm -f "$1/$2.pe"
  if ! "${processor[@]}" "${hints[@]}" -parse "$1/$2.dll" -compile "$1/$2.pe" false >"$log" 2>&1 || [ ! -s "$1/$2.pe" ]; then
    say "The metadata processor refuses $2:"
    grep -v '^ *$' "$log" | tail -n 5
    return 1
  fi
}

# Builds a room's tests with the project's own gate and converts them; prints nothing, leaves the list of files in loaded.
build_from_sources() {
  local room=$1 folder="$output/$1" name
  loaded=()
  rm -rf "$folder"
  mkdir -p "$folder"
  if ! dotnet build "tools/DeviceBuild/Http2Nano.Tests.$room.Device.csproj" --configuration Release --nologo -v quiet >"$output/build.log" 2>&1; then
    grep -E ' (error|warning) ' "$output/build.log" | sort -u
    return 1
  fi
  cp artifacts/bin/"Http2Nano.Tests.$room.Device"/release/*.dll "$folder" || return 1
  local own=(Http2Nano Http2Nano.Routing Http2Nano.Dashboard NFUnitTest)
  for name in "${own[@]}"; do
    [ ! -f "$folder/$name.dll" ] || convert "$folder" "$name" || return 1
  done
  # What is not referenced need not take memory. Whoever refers to a library stands behind it in the list, and has its name in
  # the file; but for names that the interpreter knows by number.
  local launcher files i
  launcher=$(library "${libraries[${#libraries[@]} - 1]}" pe)
  files=("$folder"/*.pe "$launcher")
  for ((i = ${#libraries[@]} - 2; i >= 0; i--)); do
    if [[ ${libraries[i]} =~ ^(mscorlib|System\.Threading)$ ]] || grep -aqF "${libraries[i]}" "${files[@]}"; then
      files+=("$(library "${libraries[i]}" pe)")
      loaded=("$(library "${libraries[i]}" pe)" ${loaded[@]+"${loaded[@]}"})
    fi
  done
  for name in "${own[@]}"; do
    [ ! -f "$folder/$name.pe" ] || loaded+=("$folder/$name.pe")
  done
  loaded+=("$launcher")
}

build_with_extension() {
  local project="tests/Http2Nano.Tests/$1/Http2Nano.Tests.$1.nfproj"
  msbuild "$project" -nologo -verbosity:quiet -p:Configuration=Release || return 1
  loaded=("$(dirname "$project")"/bin/Release/*.pe)
}

# The tests that the sources of a room hold: each row of data is one.
expected() {
  dotnet msbuild "tools/DeviceBuild/Http2Nano.Tests.$1.Device.csproj" -getItem:Compile |
    sed -n 's/.*"FullPath": "\(.*\)",\{0,1\}$/\1/p' | sed 's#\\\\#/#g' | tr '\n' '\0' | xargs -0 awk '
      /^ *\[TestMethod/ { test = 1 }
      /^ *\[DataRow\(/ { rows++ }
      /^ *public .*\(/ { if (test) total += rows ? rows : 1; test = 0; rows = 0 }
      END { print total + 0 }'
}

run_room() {
  local room=$1 log="$output/$1.log" outcome good bad skipped wanted
  if [ $way = extension ]; then
    build_with_extension "$room" || return 1
    nanoclr run --assemblies "${loaded[@]}" >"$log" 2>&1
  else
    build_from_sources "$room" || return 1
    $NANOCLR "${loaded[@]}" >"$log" 2>&1
  fi
  outcome=$?
  wanted=$(expected "$room")
  good=$(grep -c '^Test passed,' "$log")
  skipped=$(grep -c '^Test skipped,' "$log")
  bad=$(grep -c '^Test failed,' "$log")
  say "$room: $good passed, $bad failed, $skipped skipped of $wanted"
  grep '^Test \(failed\|skipped\),' "$log"
  if [ $outcome -ne 0 ] || [ $((good + bad + skipped)) -lt "$wanted" ]; then
    say "$room: the interpreter ended early, with code $outcome, behind: $(grep '^Test [a-z]*,' "$log" | tail -n 1). The rest of $log:"
    tail -n 5 "$log" | grep -v '^Test passed,'
    bad=$((wanted - good - skipped))
    [ "$bad" -gt 0 ] || bad=1
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
}

for room in "$@"; do
  case " ${rooms[*]} " in
    *" $room "*) ;;
    *) stop 2 "There is no room $room: say some of ${rooms[*]}." ;;
  esac
done
[ $# -eq 0 ] || rooms=("$@")
choose_tools
mkdir -p "$output"
[ $way = sources ] || nuget restore Http2Nano.sln -Verbosity quiet || stop 1 "The packages of the device projects cannot be restored."
passed=0
failed=0
for room in "${rooms[@]}"; do
  if ! run_room "$room"; then
    say "$room: not built."
    failed=$((failed + 1))
  fi
done
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
