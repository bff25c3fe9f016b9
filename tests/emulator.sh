#!/usr/bin/env bash
# Runs the unit tests in the platform's own interpreter: bash tests/emulator.sh [--heap SIZE] [ROOM...]
#
# ROOM is Hpack, Http2, Http1, Hosting, Access, Routing, Drives, Forms, Certificates, WebSockets, Dashboard or Smallest; without one, all of them. Each runs in the
# interpreter's usual heap and then in 64 KB, without the tests that tests/large-heap.md names; and the smallest heap is looked for
# in which the whole dashboard is still served, alone and with the smallest board's application and drivers. With --heap (65536, 64k,
# 10m) each runs once, in that heap. Ends with "N passed, N failed".
# Exit code: 0 all passed, 1 not, 2 wrong use, 77 the platform's tools are not here.
#
# Two ways:
# - On Windows with the nanoFramework extension of Visual Studio (a Developer PowerShell's msbuild, nuget) and the tool
#   nanoclr (dotnet tool install --global nanoclr): the device projects are built and run as the extension does.
# - Anywhere with a build of the public sources, named by three variables:
#     NANOCLR   the command that runs .pe files, with its options: the interpreter's POSIX target (nanoframework/nf-interpreter).
#               It takes "--heap SIZE" before the files; where it does not, NANO_ONE_HEAP=true leaves out all but its usual heap
#     NANO_MDP  the metadata processor, a .dll for dotnet or a program (nanoframework/metadata-processor)
#     NANO_LIB  a folder with the .dll and .pe of the platform's libraries and of its test framework, at any depth:
#               a folder of restored packages will do
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

rooms=(Hpack Http2 Http1 Hosting Access Routing Drives Forms Certificates WebSockets Dashboard Smallest)
# Dependencies before what depends on them: static constructors run in this order.
libraries=(mscorlib nanoFramework.Runtime.Native nanoFramework.System.Collections nanoFramework.System.Text nanoFramework.Runtime.Events
  System.Threading System.IO.Streams System.Net nanoFramework.TestFramework nanoFramework.UnitTestLauncher)
# What the application of the smallest board needs besides, where NANO_LIB has it: the emulator only loads it.
drivers=(System.IO.FileSystem System.Device.Gpio nanoFramework.Networking.Sntp)
smallest_board=ESP32-C3
output="$PWD/artifacts/emulator"
small=64k
heap=
launcher=
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
  for name in "${libraries[@]}" "${drivers[@]}"; do
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

# build PROJECT: builds a device project, and prints what is wrong with it.
build() {
  if ! dotnet build "$1" --configuration Release --nologo -v quiet >"$output/build.log" 2>&1; then
    grep -E ' (error|warning) ' "$output/build.log" | sort -u
    return 1
  fi
}

# Builds a room's tests with the project's own gate and converts them; prints nothing, leaves the list of files in loaded.
build_from_sources() {
  local room=$1 folder="$output/$1" name
  loaded=()
  rm -rf "$folder"
  mkdir -p "$folder"
  build "tests/Http2Nano.Tests/$room/Http2Nano.Tests.$room.nfproj" || return 1
  cp artifacts/device/bin/"Http2Nano.Tests.$room"/Release/*.dll "$folder" || return 1
  local own=(Http2Nano Http2Nano.Routing Http2Nano.Access Http2Nano.Drives Http2Nano.WebSockets Http2Nano.Tracing Http2Nano.Tls Http2Nano.Dashboard NFUnitTest)
  for name in "${own[@]}"; do
    [ ! -f "$folder/$name.dll" ] || convert "$folder" "$name" || return 1
  done
  # What is not referenced need not take memory, but the launcher for a small heap needs the first two. Whoever refers to a library stands behind it in the list, and has its name in
  # the file; but for names that the interpreter knows by number.
  local standard files i
  standard=$(library "${libraries[${#libraries[@]} - 1]}" pe)
  files=("$folder"/*.pe "$standard" ${launcher:+"$launcher"})
  for ((i = ${#libraries[@]} - 2; i >= 0; i--)); do
    if [[ ${libraries[i]} =~ ^(mscorlib|System\.Threading|nanoFramework\.Runtime\.Native)$ ]] || grep -aqF "${libraries[i]}" "${files[@]}"; then
      files+=("$(library "${libraries[i]}" pe)")
      loaded=("$(library "${libraries[i]}" pe)" ${loaded[@]+"${loaded[@]}"})
    fi
  done
  for name in "${own[@]}"; do
    [ ! -f "$folder/$name.pe" ] || loaded+=("$folder/$name.pe")
  done
  loaded+=("$standard")
}

# The launcher for a small heap, compiled against the libraries that it is loaded with.
build_launcher() {
  local sdk folder="$output/Launcher" references=() name
  sdk=$(dotnet --list-sdks | tail -n 1 | sed 's/^\([^ ]*\) \[\(.*\)\]$/\2\/\1/')
  for name in mscorlib nanoFramework.Runtime.Native nanoFramework.TestFramework; do
    references+=("-r:$(library "$name" dll)")
  done
  rm -rf "$folder"
  mkdir -p "$folder"
  dotnet exec "$sdk/Roslyn/bincore/csc.dll" -noconfig -nostdlib -nologo -langversion:9.0 -optimize -target:exe -runtimemetadataversion:v4.0.30319 \
    "${references[@]}" "-out:$folder/Http2Nano.Tests.Launcher.dll" tools/EmulatorLauncher/*.cs >"$output/build.log" 2>&1 \
    && convert "$folder" Http2Nano.Tests.Launcher && launcher="$folder/Http2Nano.Tests.Launcher.pe" && return
  cat "$output/build.log"
  stop 1 "The launcher for a small heap cannot be built."
}

build_with_extension() {
  local project="tests/Http2Nano.Tests/$1/Http2Nano.Tests.$1.nfproj"
  msbuild "$project" -nologo -verbosity:quiet -p:Configuration=Release || return 1
  loaded=("$(dirname "$project")"/bin/Release/*.pe)
}

# The tests that the sources of a room hold: each row of data is one.
expected() {
  dotnet msbuild "tests/Http2Nano.Tests/$1/Http2Nano.Tests.$1.nfproj" -getItem:Compile |
    sed -n 's/.*"FullPath": "\(.*\)",\{0,1\}$/\1/p' | sed 's#\\\\#/#g' | tr '\n' '\0' | xargs -0 awk '
      /^ *\[TestMethod/ { test = 1 }
      /^ *\[DataRow\(/ { rows++ }
      /^ *public .*\(/ { if (test) total += rows ? rows : 1; test = 0; rows = 0 }
      END { print total + 0 }'
}

# The tests of a log, by outcome and name.
outcomes() {
  sed -n 's/^Test \(passed\|failed\|skipped\),\([^,]*\).*/\1 \2/p' "$1"
}

# run ROOM HEAP: runs the files in loaded, in a heap or with "" in the usual one, and counts.
run() {
  local room=$1 size=$2 log="$output/$1${2:+-$2}.log" files=("${loaded[@]}") outcome good bad skipped large wanted
  [ -z "$size" ] || files[${#files[@]} - 1]=$launcher
  if [ $way = extension ]; then
    nanoclr run --assemblies "${loaded[@]}" >"$log" 2>&1
  else
    $NANOCLR ${size:+--heap $size} "${files[@]}" >"$log" 2>&1
  fi
  outcome=$?
  wanted=$(expected "$room")
  outcomes "$log" >"$log.tests"
  large=0
  if [ "$size" = $small ]; then
    # Of those that are known to need more, only how many failed; the rows of a test share its name.
    known_large >"$log.large"
    awk 'FILENAME == ARGV[1] { large[$0] = 1; next }
      { name = type = $2; sub(/\.[0-9]+$/, "", name); sub(/\.[^.]*\.[0-9]+$/, "", type) }
      !($1 == "failed" && (name in large || type in large))' "$log.large" "$log.tests" >"$log.rest"
    large=$(($(wc -l <"$log.tests") - $(wc -l <"$log.rest")))
    mv "$log.rest" "$log.tests"
  fi
  good=$(grep -c '^passed' "$log.tests")
  skipped=$(grep -c '^skipped' "$log.tests")
  bad=$(grep -c '^failed' "$log.tests")
  say "$room${size:+ in $size}: $good passed, $bad failed, $skipped skipped$([ "$large" -eq 0 ] || echo ", $large need more") of $wanted"
  grep '^\(failed\|skipped\)' "$log.tests" | while read -r _ name; do grep -m 1 "^Test [a-z]*,$name" "$log"; done
  grep '^heap' "$log"
  if [ $outcome -ne 0 ] || [ $((good + bad + skipped + large)) -lt "$wanted" ]; then
    say "$room: the interpreter ended early, with code $outcome, behind: $(grep '^Test [a-z]*,' "$log" | tail -n 1). The rest of $log:"
    tail -n 5 "$log" | grep -v '^Test passed,'
    bad=$((wanted - good - skipped - large))
    [ "$bad" -gt 0 ] || bad=1
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
}

# Names of tests as the interpreter prints them, up to the row of data, and of classes.
known_large() {
  sed -n 's/^- `\(.*\)`.*/Http2Nano.Tests.\1/p' tests/large-heap.md
}

# find_smallest WHAT: the smallest heap, in bytes, from which on the loaded tests pass. Downwards, because near the limit it is a matter
# of luck where the pieces lie that are free: a heap may do that is smaller than one that does not.
find_smallest() {
  local size=81920 step files=("${loaded[@]}") log="$output/smallest.log" own
  files[${#files[@]} - 1]=$launcher
  for step in 1024 64; do
    while [ $size -gt 16384 ]; do
      # The exit code is that of the whole run: drivers without a device fail as soon as they are loaded.
      $NANOCLR --heap $((size - step)) "${files[@]}" >"$log" 2>&1
      grep -q '^Test passed' "$log" || break
      size=$((size - step))
    done
  done
  # What the interpreter keeps about the test's own assemblies, as it says when it loads them; no board has them.
  own=$(sed -n 's/.*Assembly: \(NFUnitTest\|nanoFramework\.TestFramework\|Http2Nano\.Tests\.Launcher\) .*(\([0-9]*\) RAM.*/\2/p' "$log" | awk '{ sum += $1 } END { print sum + 0 }')
  say "The smallest heap in which the whole dashboard is served, with $1: $(((size + 1023) / 1024)) KB, $size bytes; without the test's assemblies $((size - own))"
}

# Adds the application of the smallest board, and its drivers, to the files in loaded, before the tests.
load_board() {
  local folder="$output/Smallest" application=Http2Nano.$smallest_board name board=() rest=()
  for name in "${drivers[@]}"; do
    board+=("$(library "$name" pe)")
    if [ -z "${board[${#board[@]} - 1]}" ]; then
      say "With the board's application and drivers: skipped, NANO_LIB has no $name.pe."
      return 1
    fi
  done
  build "boards/$smallest_board/$application.nfproj" || return 1
  cp "artifacts/device/bin/$application/Release/$application.exe" "$folder/$application.dll" && convert "$folder" "$application" || return 1
  board+=("$folder/$application.pe")
  rest=("${loaded[@]: -2}")
  loaded=("${loaded[@]:0:${#loaded[@]}-2}" "${board[@]}" "${rest[@]}")
}

run_room() {
  local room=$1
  if [ $way = extension ]; then
    build_with_extension "$room" || return 1
    run "$room" ""
    return 0
  fi
  build_from_sources "$room" || return 1
  run "$room" "$heap"
  if [ -z "$heap" ] && [ "${NANO_ONE_HEAP:-}" != true ]; then
    run "$room" $small
    if [ "$room" = Smallest ]; then
      find_smallest "the test around it"
      ! load_board || find_smallest "the application and the drivers of an ESP32-C3 besides"
    fi
  fi
}

if [ "${1:-}" = --heap ]; then
  heap=${2:-}
  [[ $heap =~ ^[0-9]+[km]?$ ]] || stop 2 "--heap takes bytes, or KB or MB with k or m behind the number: --heap 64k."
  shift 2
fi
for room in "$@"; do
  case " ${rooms[*]} " in
    *" $room "*) ;;
    *) stop 2 "There is no room $room: say some of ${rooms[*]}." ;;
  esac
done
[ $# -eq 0 ] || rooms=("$@")
choose_tools
[ -z "$heap" ] || [ $way = sources ] || stop 2 "--heap needs a build of the public sources: the first lines of tests/emulator.sh say which."
mkdir -p "$output"
[ $way = sources ] || nuget restore Http2Nano.sln -Verbosity quiet || stop 1 "The packages of the device projects cannot be restored."
[ $way = extension ] || [ "${NANO_ONE_HEAP:-}" = true ] || build_launcher
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
