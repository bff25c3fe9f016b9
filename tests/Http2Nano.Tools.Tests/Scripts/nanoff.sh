#!/bin/sh
# Stands for nanoff: writes down how it was called and what its files held, and fails if it is told to.
{
  for argument in "$@"; do
    printf 'argument %s\n' "$argument"
    case $argument in
      *.json) printf 'content %s\n' "$(cat "$argument")" ;;
      *.bin | *.pack) printf 'bytes %s\n' "$(wc -c <"$argument")" ;;
    esac
  done
  printf 'end\n'
} >>"$NANOFF_LOG"
for file in $(sed -n 's/.*"SourceFilePath":"\([^"]*www\.pack\)".*/\1/p' "$NANOFF_LOG" | tail -n 1); do
  [ -f "$file" ] && cp "$file" "$NANOFF_LOG.pack"
done
printf 'Reading details from chip...\n'
if [ -n "$NANOFF_FAILS" ]; then
  printf 'Error E4000: no device at the port\n' >&2
  exit 1
fi
exit 0
