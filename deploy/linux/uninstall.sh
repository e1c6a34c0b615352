#!/usr/bin/env bash
# Removes the services and programs. uninstall.sh --help says all options.
set -euo pipefail

purge= root=

usage() {
  cat <<'TEXT'
Usage: uninstall.sh [--purge] [--root DIR]

  --purge     also remove configuration and data: /etc/nocmonitor and /var/lib/nocmonitor
  --root DIR  remove what install.sh --root DIR has put there; services and accounts are left alone
TEXT
}

fail() { echo "uninstall: $1" >&2; exit 1; }

while [ $# -gt 0 ]; do
  case $1 in
    --purge) purge=1; shift ;;
    --root) root=${2:?--root needs a folder}; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) fail "unknown argument $1; --help says all" ;;
  esac
done
[ -n "$root" ] || [ "$(id -u)" = 0 ] || fail "root is needed; try sudo"

for part in agent collector; do
  if [ -z "$root" ]; then systemctl disable --now "nocmonitor-$part" >/dev/null 2>&1 || true; fi
  rm -f "$root/etc/systemd/system/nocmonitor-$part.service"
done
if [ -z "$root" ]; then systemctl daemon-reload; fi
rm -rf "$root/opt/nocmonitor"
if [ -n "$purge" ]; then
  rm -rf "$root/etc/nocmonitor" "$root/var/lib/nocmonitor"
  if [ -z "$root" ]; then userdel nocmonitor >/dev/null 2>&1 || true; fi
else
  echo "kept: $root/etc/nocmonitor and $root/var/lib/nocmonitor; --purge removes them"
fi
