#!/usr/bin/env bash
# Installs what the tests need, builds everything once, runs every test project of the solution, and ends with the line
# "N passed, N failed". With CI=true nothing is skipped because a tool is missing: that is a failure.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

configuration=Release

# A run with more failures than this is not tried again.
most_again=5
results="$PWD/artifacts/test-results"
packages=(curl haproxy nghttp2-client nghttp2-server nginx-light caddy nghttp2-proxy apache2 openssl libnghttp2-14 chromium python3 python3-h2 python3-hpack
  python3-websockets python3-httpx wget2 node-ws netcat-openbsd apache2-utils wrk slowhttptest firefox-esr
  avahi-daemon avahi-utils dbus iproute2)
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() { printf '%s\n' "$*"; }

in_ci() { [ "${CI:-}" = true ]; }

# What is missing stays missing, so the tests that need it are skipped; not in CI.
do_without() {
  say "Tests that need them are skipped: $*"
  ! in_ci
}

install_packages() {
  local missing=() package
  if ! command -v apt-get >/dev/null; then
    local tool absent=()
    for tool in curl haproxy nghttp h2load nghttpd nghttpx nginx caddy apache2 openssl chromium node python3 wget2 nc ab wrk slowhttptest firefox-esr avahi-daemon ip; do
      command -v "$tool" >/dev/null || absent+=("$tool")
    done
    [ ${#absent[@]} -eq 0 ] && return 0
    say "There is no apt-get here."
    do_without "${absent[@]}"
    return
  fi

  command -v node >/dev/null || packages+=(nodejs)
  command -v npm >/dev/null || packages+=(npm)
  for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  if [ ${#missing[@]} -ne 0 ]; then
    if [ "$(id -u)" -ne 0 ]; then
      say "Only root can install packages."
      do_without "${missing[@]}"
      return
    fi

    say "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    local log policy=/usr/sbin/policy-rc.d
    log=$(mktemp)

    # Packages of servers start them when they are installed, unless this says no.
    if [ -e "$policy" ]; then
      policy=
    else
      printf '#!/bin/sh\nexit 101\n' >"$policy"
      chmod +x "$policy"
    fi

    local outcome=0
    { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || outcome=$?
    [ -z "$policy" ] || rm -f "$policy"
    if [ "$outcome" -ne 0 ]; then
      tail -n 5 "$log"
      rm -f "$log"
      do_without "${missing[@]}"
      return
    fi

    rm -f "$log"
  fi

  if ! command -v node >/dev/null; then
    say "Node.js is not here."
    do_without node
  fi
}

# Prometheus' checker of metrics pages, without the server that its package would start as a service.
fetch_promtool() {
  local target="$PWD/artifacts/tools/promtool" folder
  if command -v promtool >/dev/null || [ -x "$target" ]; then
    return 0
  fi

  folder=$(mktemp -d)
  if command -v apt-get >/dev/null && (
    cd "$folder" || exit 1
    apt-get download prometheus || { apt-get update && apt-get download prometheus; } || exit 1
    dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool
  ) >/dev/null 2>&1; then
    mkdir -p "$(dirname "$target")"
    mv "$folder/usr/bin/promtool" "$target"
  fi

  rm -rf "$folder"
  [ -x "$target" ] || do_without promtool
}

# got, a client for Node.js whose courtesy frames a test counts. No package of Debian has a version that speaks HTTP/2 by itself.
fetch_got() {
  local target="$PWD/artifacts/tools/got"
  [ -d "$target/node_modules/got" ] && return 0
  command -v npm >/dev/null && mkdir -p "$target" && npm install --prefix "$target" --no-package-lock --no-audit --no-fund --ignore-scripts --silent \
    got@16.1.0 >/dev/null 2>&1
  [ -d "$target/node_modules/got" ] || do_without got
}

# The solution's projects that are made of tests.
test_projects() {
  local project
  dotnet sln Http2Nano.sln list | tr '\\' '/' | tr -d '\r' | grep '\.csproj$' | while read -r project; do
    grep -q 'Include="Microsoft.NET.Test.Sdk"' "$project" && say "$project"
  done | sort
}

# A run is a project, or the part of one that a filter leaves: PROJECT:FILTER.
run_name() {
  local name
  name=$(basename "${1%%:*}" .csproj)
  case $1 in
    *:TestCategory=*) name="$name.${1##*=}" ;;
    *:FullyQualifiedName=*) name="$name.again" ;;
  esac
  say "$name"
}

run_project() {
  local project=${1%%:*} filter=() name log outcome
  [ "$project" = "$1" ] || filter=(--filter "${1#*:}")
  name=$(run_name "$1")
  log="$results/$name.log"
  SECONDS=0
  dotnet test "$project" ${filter[@]+"${filter[@]}"} --no-build --configuration "$configuration" --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" >"$log" 2>&1
  outcome=$?
  echo "$outcome" >"$results/$name.exit"
  if [ "$outcome" -eq 0 ]; then
    say "$name: done in $SECONDS s"
  else
    say "$name: failed after $SECONDS s"
    grep -v -E '^ *(Passed|Skipped) ' "$log"
  fi
}
export -f run_project run_name say
export results configuration

# One number of a trx file: total, passed or failed.
count() {
  local value
  value=$(grep -o '<Counters [^>]*' "$1" 2>/dev/null | grep -o " $2=\"[0-9]*\"" | tr -dc 0-9)
  echo "${value:-0}"
}

# The filter of those tests of a run that have failed, if they are a few and the project works with other programs: these may be
# too slow on a machine that is busy. One that is deterministic has failed for good.
failed_tests() {
  local trx=$1 bad
  bad=$(count "$trx" failed)
  [ "$bad" -gt 0 ] && [ "$bad" -le "$most_again" ] || return 0
  awk '
    function value(name) { match($0, " " name "=\"[^\"]*\""); return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) }
    /<UnitTestResult / && /outcome="Failed"/ { failed[value("testId")] = 1 }
    /<UnitTest / { id = value("id") }
    /<TestMethod / && id in failed { tests["FullyQualifiedName=" value("className") "." value("name")] = 1 }
    END { for (test in tests) { printf "%s%s", separator, test; separator = "|" } }' "$trx"
}

install_packages || exit 1
fetch_promtool || exit 1
fetch_got || exit 1

say "Building"
started=$SECONDS
# One compiler for all projects, also where the environment turns its server off: most of the time goes into starting it.
if ! dotnet build Http2Nano.sln --configuration "$configuration" --nologo -v quiet -p:UseSharedCompilation=true; then
  say "The build failed."
  exit 1
fi

say "Built in $((SECONDS - started)) s"
rm -rf "$results"
mkdir -p "$results"
mapfile -t projects < <(test_projects)
quick=()
alone=()
# Three at a time, because most of them wait, and those that take longest first; then, alone, what measures time.
for project in "${projects[@]}"; do
  case $project in
    *Peers*)
      quick+=("1 $project:TestCategory!=Timing&TestCategory!=Fleet&TestCategory!=Courtesy" "5 $project:TestCategory=Fleet" "5 $project:TestCategory=Courtesy")
      alone+=("$project:TestCategory=Timing")
      ;;
    *Tools.Tests*)
      quick+=("4 $project:TestCategory!=Timing")
      alone+=("$project:TestCategory=Timing")
      ;;
    *Dashboard*)
      quick+=("2 $project:TestCategory!=Timing")
      alone+=("$project:TestCategory=Timing")
      ;;
    *Attacks*) quick+=("3 $project") ;;
    *) quick+=("6 $project") ;;
  esac
done

mapfile -t quick < <(printf '%s\n' "${quick[@]}" | sort -n | cut -d ' ' -f 2-)

if [ -n "${quick[*]}" ]; then
  printf '%s\0' "${quick[@]}" | xargs -0 -n 1 -P 3 bash -c 'run_project "$1"' run
fi

for run in "${alone[@]+"${alone[@]}"}"; do
  run_project "$run"
done

# What has failed beside others is run once more, alone: the second time counts.
declare -A still
for run in "${quick[@]+"${quick[@]}"}" "${alone[@]+"${alone[@]}"}"; do
  case $run in
    *Peers* | *Dashboard* | *Tools.Tests* | *Applications* | *Attacks* | *Boards.Tests*) ;;
    *) continue ;;
  esac
  name=$(run_name "$run")
  filter=$(failed_tests "$results/$name.trx")
  if [ -n "$filter" ]; then
    say "Again, alone, of $name: ${filter//FullyQualifiedName=/}"
    run_project "${run%%:*}:$filter"
    second=$(run_name "${run%%:*}:$filter")
    still[$name]=$(count "$results/$second.trx" failed)
    [ "${still[$name]}" -ne 0 ] || [ "$(cat "$results/$second.exit")" -eq 0 ] || still[$name]=1
  fi
done

passed=0
failed=0
skipped=0
for run in "${quick[@]+"${quick[@]}"}" "${alone[@]+"${alone[@]}"}"; do
  name=$(run_name "$run")
  trx="$results/$name.trx"
  total=$(count "$trx" total)
  good=$(count "$trx" passed)
  bad=$(count "$trx" failed)
  if [ -n "${still[$name]:-}" ]; then
    good=$((good + bad - still[$name]))
    bad=${still[$name]}
    echo "$bad" >"$results/$name.exit"
  fi

  # A project that broke off without a failed test counts as one.
  if [ "$bad" -eq 0 ] && [ "$(cat "$results/$name.exit" 2>/dev/null)" != 0 ]; then
    say "$name ended without results for all its tests."
    bad=1
  fi

  if [ $((total - good - bad)) -gt 0 ]; then
    skipped=$((skipped + total - good - bad))
    say "Skipped in $name:"
    grep -E '^ *Skipped ' "$results/$name.log"
  fi

  passed=$((passed + good))
  failed=$((failed + bad))
done

[ "$skipped" -ne 0 ] && say "$skipped skipped"
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
