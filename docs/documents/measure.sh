#!/usr/bin/env bash
# measure.sh COMMAND...: seconds by the clock, of the processor, and the peak of
# the memory that is the process's own (RssAnon; the mapped ledger is not in it).
set -u
TIMEFORMAT='%R s by the clock, %U + %S s of the processor'
time {
    "$@" &
    pid=$!
    peak=0
    while kill -0 "$pid" 2>/dev/null; do
        now=$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" 2>/dev/null)
        ((${now:-0} > peak)) && peak=$now
        sleep 0.02
    done
    wait "$pid"
}
printf '%d MB at most\n' $((peak / 1024))
