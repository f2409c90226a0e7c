#!/usr/bin/env bash
# See to it that the tests find a Chromium: the one that $SKOEN_CHROMIUM names, else one on the PATH, else Debian's.
set -euo pipefail

for browser in ${SKOEN_CHROMIUM:+"$SKOEN_CHROMIUM"} chromium chromium-browser google-chrome; do
    if command -v "$browser" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the tests ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-liberation >/dev/null
    exit 0
fi
echo "The tests play in Chromium, and none was found. On Debian: sudo apt-get install chromium (or name one in SKOEN_CHROMIUM)" >&2
exit 1
