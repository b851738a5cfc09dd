#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the Debian package from a program that was built.
#
#   LICET=build/release/licet packaging/make_deb.sh [FOLDER]      prints the path of the package
#
# The libraries that the program needs are asked of dpkg-shlibdeps (package dpkg-dev), so that the
# package depends on what this very program was linked with.
set -euo pipefail
out=$(realpath "${1:-build/deb}" 2> /dev/null) || { mkdir -p "$1"; out=$(realpath "$1"); }
program=$(realpath "${LICET:-$(dirname "$0")/../build/release/licet}")
cd "$(dirname "$0")/.."

[ -x "$program" ] || { echo "deb: no program $program: make build" >&2; exit 1; }
for tool in dpkg-deb dpkg-shlibdeps strip; do
    command -v "$tool" > /dev/null || { echo "deb: no $tool: apt install dpkg-dev" >&2; exit 1; }
done
version=$("$program" --version)
version=${version#licet }
architecture=$(dpkg --print-architecture)
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2> /dev/null || date +%s)
fi
export SOURCE_DATE_EPOCH

mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
share=$root/usr/share/doc/licet

# ---- files ---------------------------------------------------------------------------------------
install -d "$root/usr/bin" "$root/usr/lib/licet" "$root/lib/systemd/system" \
    "$root/usr/share/man/man1" "$share/examples" "$root/DEBIAN"
install -m 0755 "$program" "$root/usr/bin/licet"
strip --strip-unneeded --remove-section=.comment "$root/usr/bin/licet"
install -m 0755 packaging/make_workspace.sh "$root/usr/lib/licet/make-workspace"
install -m 0644 packaging/licet.service "$root/lib/systemd/system/licet.service"
install -D -m 0644 packaging/licet.env "$root/etc/licet/licet.env"
gzip -9n < packaging/licet.1 > "$root/usr/share/man/man1/licet.1.gz"
install -m 0644 docs/*.md docs/openapi.json README.md README.fr.md SECURITY.md "$share"
install -m 0644 examples/*.toml "$share/examples"
gzip -9n < CHANGELOG.md > "$share/changelog.gz"
install -m 0644 packaging/debian/copyright "$share"
find "$share" "$root/usr/share/man" -type f -exec chmod 0644 {} +

# ---- control -------------------------------------------------------------------------------------
mkdir -p "$work/debian"
printf 'Source: licet\n\nPackage: licet\nArchitecture: any\n' > "$work/debian/control"
needed=$(cd "$work" && dpkg-shlibdeps -O --ignore-missing-info root/usr/bin/licet 2> /dev/null)
needed=${needed#shlibs:Depends=}
{
    echo "Package: licet"
    echo "Version: $version"
    echo "Architecture: $architecture"
    echo "Maintainer: the authors of licet <licet@licet.invalid>"
    echo "Installed-Size: $(du -k -s --exclude=DEBIAN "$root" | cut -f1)"
    echo "Depends: $needed, adduser, init-system-helpers (>= 1.54), tzdata"
    echo "Suggests: postgresql, nginx | caddy"
    echo "Section: admin"
    echo "Priority: optional"
    echo "Description: says whether a person may be contacted, and why"
    echo " licet answers before anybody is contacted: may this person be contacted, for this"
    echo " purpose, through this channel, now? It keeps a ledger of consents and objections,"
    echo " sorts lists, and serves an API, a console and the pages on which people object."
} > "$root/DEBIAN/control"
echo /etc/licet/licet.env > "$root/DEBIAN/conffiles"
install -m 0755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm \
    "$root/DEBIAN"
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z |
    xargs -0 md5sum > DEBIAN/md5sums)

find "$root" -type d -exec chmod 0755 {} +
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
package=$out/licet_${version}_${architecture}.deb
dpkg-deb --root-owner-group -Zzstd --build "$root" "$package" > /dev/null
echo "$package"
