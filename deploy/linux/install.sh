#!/usr/bin/env bash
# Installs the agent, the collector or both as systemd services. install.sh --help says all options.
set -euo pipefail

source_tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
parts=() root= from= start=1

usage() {
  cat <<'TEXT'
Usage: install.sh [agent] [collector] [--from DIR] [--root DIR] [--no-start]

  agent, collector  what to install; both when none is named
  --from DIR        a folder with published agent/ and collector/ folders; without it they are published from this source tree
  --root DIR        install below this folder and leave services and accounts alone: for packages and for a look
  --no-start        install and enable, but do not start

Programs go to /opt/nocmonitor, configuration to /etc/nocmonitor (kept when it exists), data to /var/lib/nocmonitor.
Run it again to upgrade: it replaces the programs and restarts the services.
TEXT
}

fail() { echo "install: $1" >&2; exit 1; }

while [ $# -gt 0 ]; do
  case $1 in
    agent | collector) parts+=("$1"); shift ;;
    --from) from=${2:?--from needs a folder}; shift 2 ;;
    --root) root=${2:?--root needs a folder}; shift 2 ;;
    --no-start) start=; shift ;;
    -h | --help) usage; exit 0 ;;
    *) fail "unknown argument $1; --help says all" ;;
  esac
done
[ ${#parts[@]} -gt 0 ] || parts=(agent collector)
[ -n "$root" ] || [ "$(id -u)" = 0 ] || fail "root is needed to install services; try sudo"
[ -n "$root" ] || command -v systemctl >/dev/null || fail "no systemctl: this script sets up systemd services"

publish() {
  command -v dotnet >/dev/null || fail "no dotnet in PATH; publish elsewhere and use --from"
  case $1 in
    agent) dotnet publish "$source_tree/src/Agent" -r linux-x64 -c Release -v quiet -nologo -o "$2" ;;
    collector) dotnet publish "$source_tree/src/Collector" -r linux-x64 -c Release -v quiet -nologo -o "$2" ;;
  esac
}

install_part() {
  local part=$1 target=$root/opt/nocmonitor/$1 fresh
  fresh=$target.new
  rm -rf "$fresh"; mkdir -p "$fresh"
  if [ -n "$from" ]; then cp -R "$from/$part/." "$fresh/"; else publish "$part" "$fresh"; fi
  [ -x "$fresh/nocmonitor-$part" ] || { rm -rf "$fresh"; fail "no program nocmonitor-$part in ${from:-the publish}"; }
  rm -rf "$target"; mv "$fresh" "$target"

  install -d -m 0750 "$root/etc/nocmonitor"
  [ -e "$root/etc/nocmonitor/$part.json" ] || install -m 0640 "$source_tree/deploy/linux/$part.json" "$root/etc/nocmonitor/$part.json"
  install -d "$root/etc/systemd/system"
  install -m 0644 "$source_tree/deploy/linux/nocmonitor-$part.service" "$root/etc/systemd/system/"
}

if [ -z "$root" ] && ! getent passwd nocmonitor >/dev/null; then
  useradd --system --home-dir /var/lib/nocmonitor --shell /usr/sbin/nologin nocmonitor
fi
for part in "${parts[@]}"; do install_part "$part"; done
install -d "$root/opt/nocmonitor/doc"
install -m 0644 "$source_tree/README.md" "$root/opt/nocmonitor/doc/README.md"
[ -z "$root" ] || exit 0

chown -R root:nocmonitor /etc/nocmonitor
systemctl daemon-reload
for part in "${parts[@]}"; do
  "/opt/nocmonitor/$part/nocmonitor-$part" check-config --config "/etc/nocmonitor/$part.json" || fail "mend /etc/nocmonitor/$part.json and run this again"
  systemctl enable "nocmonitor-$part" >/dev/null 2>&1
  if [ -n "$start" ]; then systemctl restart "nocmonitor-$part"; fi
  echo "nocmonitor-$part installed; systemctl status nocmonitor-$part shows it"
done
