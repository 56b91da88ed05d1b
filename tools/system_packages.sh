#!/usr/bin/env bash
# What tests and benchmarks need from Debian. As root or through sudo it installs what is missing;
# otherwise it prints the one line to run and exits 1: a test is never skipped for a missing piece.
set -euo pipefail
declare -A command_of=(
  [chromium-headless-shell]=chromium-headless-shell [postgresql]="/usr/lib/postgresql/*/bin/initdb" [fonts-noto-cjk]="/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
  [libreoffice-writer-nogui]=soffice [nginx-light]=nginx [wrk]=wrk [poppler-utils]=pdftoppm [libpangoft2-1.0-0]="/usr/lib/*/libpangoft2-1.0.so.0"
)
have() { case "$1" in /*) compgen -G "$1" >/dev/null ;; *) command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ] ;; esac; }
missing=()
for package in "${!command_of[@]}"; do have "${command_of[$package]}" || missing+=("$package"); done
[ ${#missing[@]} -eq 0 ] && exit 0
line="apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ]; then sudo=""; elif sudo -n true 2>/dev/null; then sudo="sudo"; else
  echo "The tests need packages of Debian. Run once: sudo $line" >&2; exit 1
fi
echo "Installing for the tests: ${missing[*]}"
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive $line -qq >/dev/null
for package in "${missing[@]}"; do have "${command_of[$package]}" || { echo "still missing after the install: $package" >&2; exit 1; }; done
