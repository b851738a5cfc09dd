#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what building, testing and measuring licet needs, from Debian 12 and npm, by name.
# Idempotent and silent about what is there already. Needs root, or sudo.
set -euo pipefail
cd "$(dirname "$0")/.."

# compiler and build        libraries                       tests and measurements
packages=(
    g++ cmake ninja-build pkg-config python3 python3-jsonschema ccache mold git make
    libboost-json1.81-dev libssl-dev libsodium-dev libidn2-dev libsqlite3-dev libpq-dev libzip-dev
    zlib1g-dev libzstd-dev libexpat1-dev libxxhash-dev libtomlplusplus-dev libcli11-dev
    libyaml-cpp-dev libxlsxwriter-dev libhowardhinnant-date-dev tzdata libkainjow-mustache-dev
    libgmime-3.0-dev
    libgtest-dev librapidcheck-dev libbenchmark-dev sqlite3 openssl
    postgresql faketime
    clang clang-tidy clang-format libclang-rt-14-dev
    chromium chromium-headless-shell
    emscripten
)

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
done

if [ ${#missing[@]} -eq 0 ]; then
    echo "setup: all ${#packages[@]} Debian packages are there"
else
    echo "setup: installing ${missing[*]}"
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
fi

# Node.js and npm build the console, and serve the browser tests and the peers of the benchmarks.
if ! command -v npm > /dev/null; then
    echo "setup: installing nodejs npm"
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends nodejs npm > /dev/null
fi
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "setup: installing npm packages: $(python3 -c 'import json
print(*json.load(open("package.json"))["devDependencies"])')"
    npm ci --no-audit --no-fund --ignore-scripts --loglevel=error > /dev/null
else
    echo "setup: all npm packages are there"
fi
