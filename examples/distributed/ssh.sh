#!/bin/sh
# One load test from several machines: the collector runs here, each machine makes its part, the verdict is the exit code.
#   ./ssh.sh boutique --profile load --environment staging
# Each machine has the project in the folder PROJECT, at the same commit and installed (npm ci), and reaches this one at
# COLLECT_URL. The token goes through ssh's standard input: it is in no command line.
set -eu
MACHINES=${MACHINES:-load-1.example.com load-2.example.com}
PROJECT=${PROJECT:-load-tests}
PORT=${PORT:-9090}
COLLECT_URL=${COLLECT_URL:-http://$(hostname):$PORT}
COLLECT_TOKEN=$(openssl rand -hex 24)
export COLLECT_TOKEN
# shellcheck disable=SC2086
set -- "$@" --expect "$(set -- $MACHINES && echo $#)"

npx loadwright collect "$@" --listen "0.0.0.0:$PORT" &
collector=$!
trap 'kill -INT $collector 2>/dev/null || true' INT TERM
until curl -sf "http://127.0.0.1:$PORT/healthz" >/dev/null; do
  kill -0 $collector || exit 104
  sleep 1
done

part=0
count=$(echo "$MACHINES" | wc -w | tr -d ' ')
for machine in $MACHINES; do
  part=$((part + 1))
  echo "$COLLECT_TOKEN" | ssh "$machine" "read -r COLLECT_TOKEN; export COLLECT_TOKEN; cd $PROJECT && \
    npx loadwright run --join $COLLECT_URL --segment $part/$count --region $machine" &
done
# A signal ends the wait, and not the collector: its exit code is that of the run.
code=0
wait $collector || code=$?
while kill -0 $collector 2>/dev/null; do
  code=0
  wait $collector || code=$?
done
exit $code
