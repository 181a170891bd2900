# Sourced by the other scripts: timed steps, and where things are.
set -eu
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}" DEBIAN_FRONTEND=noninteractive
target="${CARGO_TARGET_DIR:-target}"

# step "what" command…: runs it, prints how long it took; a failure ends the script with its status.
step() {
  step_name=$1
  shift
  step_start=$(date +%s)
  printf '\n== %s\n' "$step_name"
  step_status=0
  "$@" || step_status=$?
  if [ "$step_status" -ne 0 ]; then
    printf '== %s: failed after %s s (status %s)\n' "$step_name" "$(($(date +%s) - step_start))" "$step_status" >&2
    exit "$step_status"
  fi
  printf '== %s: %s s\n' "$step_name" "$(($(date +%s) - step_start))"
}

say_and_stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# apt_install packages…: for root on Debian and its children; says no elsewhere.
apt_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  apt-get install -y --no-install-recommends "$@" </dev/null && return 0
  apt-get update </dev/null && apt-get install -y --no-install-recommends "$@" </dev/null
}
