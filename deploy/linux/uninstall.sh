#!/usr/bin/env bash
# Removes the services and programs. Configuration and data stay unless --purge is given.
set -euo pipefail

purge=
case ${1:-} in
  --purge) purge=1 ;;
  '') ;;
  *) echo "Usage: uninstall.sh [--purge]    --purge also removes /etc/nocmonitor and /var/lib/nocmonitor"; exit 1 ;;
esac
[ "$(id -u)" = 0 ] || { echo "uninstall: root is needed; try sudo" >&2; exit 1; }

for part in agent collector; do
  systemctl disable --now "nocmonitor-$part" >/dev/null 2>&1 || true
  rm -f "/etc/systemd/system/nocmonitor-$part.service"
done
systemctl daemon-reload
rm -rf /opt/nocmonitor
if [ -n "$purge" ]; then
  rm -rf /etc/nocmonitor /var/lib/nocmonitor
  userdel nocmonitor >/dev/null 2>&1 || true
else
  echo "kept: /etc/nocmonitor and /var/lib/nocmonitor; --purge removes them"
fi
